import { findAgent, nameOf } from '../context.ts'
import { notFound } from '../errors.ts'
import { json, list, pageOf } from './endpoint.ts'
import type { Call, Endpoint } from './endpoint.ts'
import {
  agentView,
  agentWithIncludes,
  businessHoursView,
  channelView,
  departmentView,
  organizationView,
  shortDepartmentView,
} from './organization-views.ts'
import { from, limit, text } from './query.ts'
import { without } from './views.ts'

const SCOPES = ['Desk.basic.READ', 'Desk.settings.READ']
const AGENT_INCLUDES = ['profile', 'role', 'associatedDepartments', 'associatedChatDepartments', 'verifiedEmails']

/** Organisations, departments, agents, channels and business hours. */
export const organizationEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/organizations',
    scopes: SCOPES,
    cost: 'list',
    isOrgFree: true,
    handle: (call) => list(call, [organizationView(call)]),
  },
  {
    method: 'GET',
    path: '/accessibleOrganizations',
    scopes: SCOPES,
    cost: 'list',
    isOrgFree: true,
    handle: (call) => list(call, [organizationView(call)]),
  },
  {
    method: 'GET',
    path: '/organizations/:organizationId',
    scopes: SCOPES,
    cost: 'single',
    isOrgFree: true,
    handle: (call) => {
      if (call.param('organizationId') !== call.portal.orgId) throw notFound()
      return json(call, organizationView(call))
    },
  },
  {
    method: 'GET',
    path: '/departments',
    scopes: SCOPES,
    cost: 'list',
    query: {
      chatStatus: { kind: 'text', oneOf: ['AVAILABLE', 'DISABLED', 'NOT_CREATED', '${UNAVAILABLE}'] },
      searchStr: text(100),
      isEnabled: { kind: 'boolean' },
      limit: limit(200, 0),
      from: from(),
    },
    handle: listDepartments,
  },
  {
    method: 'GET',
    path: '/departments/:departmentId',
    scopes: SCOPES,
    cost: 'single',
    handle: (call) => {
      const department = call.portal.departments.find((entry) => entry.id === call.param('departmentId'))
      if (department === undefined) throw notFound()
      const members = call.portal.agents.filter((agent) => agent.departmentIds.includes(department.id))
      return json(call, { ...departmentView(department), associatedAgentIds: members.map((agent) => agent.id) })
    },
  },
  {
    method: 'GET',
    path: '/agents',
    scopes: SCOPES,
    cost: 'list',
    query: {
      include: { kind: 'list', oneOf: ['profile', 'role'] },
      roleIds: { kind: 'list' },
      searchStr: text(100),
      limit: limit(200, 10),
      rolePermissionType: {
        kind: 'text',
        oneOf: ['AgentPublic', 'AgentPersonal', 'AgentTeamPersonal', 'Admin', 'Custom', 'Light'],
      },
      profileIds: { kind: 'list', max: 50 },
      from: from(),
      isConfirmed: { kind: 'boolean' },
      departmentIds: { kind: 'list' },
      status: { kind: 'text', oneOf: ['ACTIVE', 'DISABLED'] },
    },
    handle: listAgents,
  },
  {
    method: 'GET',
    path: '/agents/:agentId',
    scopes: SCOPES,
    cost: 'single',
    query: { include: { kind: 'list', oneOf: AGENT_INCLUDES } },
    handle: (call) => {
      const agent = findAgent(call.portal, call.param('agentId'))
      if (agent === undefined) throw notFound()
      return json(call, without(agentWithIncludes(call, agent, departmentView), ['isZiaAgent']))
    },
  },
  {
    method: 'GET',
    path: '/myinfo',
    scopes: SCOPES,
    cost: 'single',
    query: { include: { kind: 'list', oneOf: AGENT_INCLUDES.slice(0, 4) } },
    handle: (call) => json(call, agentWithIncludes(call, call.agent, shortDepartmentView)),
  },
  {
    method: 'GET',
    path: '/channels',
    scopes: ['Desk.basic.READ'],
    cost: 'list',
    handle: (call) => list(call, ['Phone', 'Email', 'Web', 'Chat', 'Forums'].map(channelView)),
  },
  {
    method: 'GET',
    path: '/businessHours',
    scopes: ['Desk.settings.READ'],
    cost: 'list',
    query: {
      limit: limit(50),
      from: from(),
      businessHourIds: { kind: 'list' },
      status: { kind: 'text', oneOf: ['ACTIVE', 'INACTIVE'] },
    },
    handle: (call) =>
      list(call, call.query.text('status') === 'INACTIVE' ? [] : pageOf(call, [businessHoursView(call.portal)])),
  },
]

function listDepartments(call: Call): Response {
  const wanted = call.query.text('searchStr')?.replaceAll('*', '').toLowerCase()
  const isEnabled = call.query.flag('isEnabled')
  const found = call.portal.departments.filter(
    (department) =>
      (wanted === undefined || department.name.toLowerCase().includes(wanted)) &&
      (isEnabled === undefined || department.isEnabled === isEnabled),
  )
  return list(call, pageOf(call, found).map(departmentView))
}

function listAgents(call: Call): Response {
  const { query } = call
  const wanted = query.text('searchStr')?.replaceAll('*', '').toLowerCase()
  const status = query.text('status')
  const role = query.text('rolePermissionType')
  const departmentIds = query.list('departmentIds')
  const found = call.portal.agents.filter(
    (agent) =>
      (wanted === undefined || `${nameOf(agent)} ${agent.email}`.toLowerCase().includes(wanted)) &&
      (status === undefined || agent.status === status) &&
      (role === undefined || agent.rolePermissionType === role) &&
      (departmentIds.length === 0 || departmentIds.some((id) => agent.departmentIds.includes(id))) &&
      query.flag('isConfirmed') !== false,
  )
  return list(
    call,
    pageOf(call, found).map((agent) => agentView(agent)),
  )
}

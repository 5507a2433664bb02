import { findAgent, findDepartment, nameOf } from '../context.ts'
import { notFound } from '../errors.ts'
import type { Agent, Department, Portal } from '../state.ts'
import { json, list, pageOf } from './endpoint.ts'
import type { Call, Endpoint } from './endpoint.ts'
import { from, limit, text } from './query.ts'

const SCOPES = ['Desk.basic.READ', 'Desk.settings.READ']
const PROFILE_TYPES = { Admin: 'ADMIN', AgentPublic: 'STANDARD', Light: 'LIGHT' } as const
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
      return json(call, agentWithIncludes(call, agent))
    },
  },
  {
    method: 'GET',
    path: '/myinfo',
    scopes: SCOPES,
    cost: 'single',
    query: { include: { kind: 'list', oneOf: AGENT_INCLUDES.slice(0, 4) } },
    handle: (call) => json(call, agentWithIncludes(call, call.agent)),
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

function agentView(agent: Agent): Record<string, unknown> {
  return {
    id: agent.id,
    zuid: agent.zuid,
    name: nameOf(agent),
    firstName: agent.firstName,
    lastName: agent.lastName,
    emailId: agent.email,
    status: agent.status,
    isConfirmed: true,
    isZiaAgent: false,
    rolePermissionType: agent.rolePermissionType,
    roleId: agent.rolePermissionType === 'Admin' ? '1800000000700' : '1800000000701',
    profileId: agent.rolePermissionType === 'Admin' ? '1800000000710' : '1800000000711',
    associatedDepartmentIds: agent.departmentIds,
    associatedChatDepartmentIds: [],
    channelExpert: [],
    timeZone: agent.timeZone,
    langCode: agent.langCode,
    countryCode: agent.langCode,
    photoURL: null,
    phone: '',
    mobile: '',
    extn: '',
    aboutInfo: null,
  }
}

function agentWithIncludes(call: Call, agent: Agent): Record<string, unknown> {
  const view = agentView(agent)
  const isAdmin = agent.rolePermissionType === 'Admin'
  for (const include of call.query.list('include')) {
    if (include === 'associatedDepartments') {
      view[include] = agent.departmentIds.flatMap((id) => {
        const department = findDepartment(call.portal, id)
        return department === undefined ? [] : [{ ...departmentView(department), associatedAgentIds: [] }]
      })
    }
    if (include === 'associatedChatDepartments') view[include] = []
    if (include === 'verifiedEmails') view[include] = [agent.email]
    if (include === 'role') view[include] = { id: view.roleId, name: isAdmin ? 'CEO' : 'Agent', adminRole: isAdmin }
    if (include === 'profile') {
      const type = PROFILE_TYPES[agent.rolePermissionType]
      view[include] = {
        id: view.profileId,
        name: type,
        type,
        adminProfile: isAdmin,
        lightAgentProfile: type === 'LIGHT',
      }
    }
  }
  return view
}

function departmentView(department: Department): Record<string, unknown> {
  return {
    id: department.id,
    name: department.name,
    nameInCustomerPortal: department.name,
    sanitizedName: department.name.toLowerCase(),
    description: null,
    isEnabled: department.isEnabled,
    isDefault: department.isDefault,
    isAssignToTeamEnabled: false,
    isVisibleInCustomerPortal: true,
    hasLogo: false,
    creatorId: null,
    chatStatus: 'NOT_CREATED',
    createdTime: department.createdTime,
  }
}

function organizationView(call: Call): Record<string, unknown> {
  const { portal, agent, desk } = call
  return {
    id: portal.orgId,
    companyName: portal.companyName,
    portalName: portal.portalName,
    portalURL: `${desk.origin}/portal/${portal.portalName}`,
    edition: desk.state.settings.edition,
    isDefault: true,
    isAdminInOrg: agent.rolePermissionType === 'Admin',
    isSandboxPortal: false,
    isPayloadEncryptionEnabled: false,
    alias: portal.companyName,
    primaryContact: portal.agents[0]?.email ?? null,
    employeeCount: String(portal.agents.length),
    website: null,
    country: null,
    state: null,
    city: null,
    street: null,
    zip: null,
    phoneNumber: null,
    mobile: null,
    fax: null,
    description: null,
    currencyCode: 'USD',
    currencyLocale: 'en_US',
    currencySymbol: '$',
    logoURL: null,
    faviconURL: null,
  }
}

function channelView(name: string): Record<string, unknown> {
  return {
    code: name.toUpperCase(),
    name,
    appName: null,
    type: 'SYSTEM',
    acceptsReplies: name === 'Email',
    departmentId: null,
    externalId: null,
    mappedIntegration: null,
    photoURL: null,
    replyConfig: null,
  }
}

function businessHoursView(portal: Portal): Record<string, unknown> {
  const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY']
  return {
    id: '1800000000800',
    name: 'Day',
    type: 'SPECIFIC',
    status: 'ACTIVE',
    timeZone: { id: 'Europe/London', name: '(GMT 0:0) Greenwich Mean Time' },
    associatedHolidayList: null,
    businessTimes: days.map((day) => ({ day, startTime: '09:00', endTime: '17:00' })),
    createdBy: portal.agents[0]?.id ?? null,
    modifiedBy: null,
    createdTime: portal.departments[0]?.createdTime ?? null,
    modifiedTime: null,
  }
}

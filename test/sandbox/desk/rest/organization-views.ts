import { findDepartment, nameOf } from '../context.ts'
import type { Agent, Department, Portal } from '../state.ts'
import type { Call } from './endpoint.ts'
import { only } from './views.ts'
import type { View } from './views.ts'

const PROFILE_TYPES = { Admin: 'ADMIN', AgentPublic: 'STANDARD', Light: 'LIGHT' } as const

export function agentView(agent: Agent): View {
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

export function agentWithIncludes(call: Call, agent: Agent, viewOf: (department: Department) => View): View {
  const view = agentView(agent)
  const isAdmin = agent.rolePermissionType === 'Admin'
  for (const include of call.query.list('include')) {
    if (include === 'associatedDepartments') {
      view[include] = agent.departmentIds.flatMap((id) => {
        const department = findDepartment(call.portal, id)
        return department === undefined ? [] : [viewOf(department)]
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

export function shortDepartmentView(department: Department): View {
  return only(departmentView(department), ['id', 'name', 'sanitizedName'])
}

export function departmentView(department: Department): View {
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

export function organizationView(call: Call): View {
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

export function channelView(name: string): View {
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

export function businessHoursView(portal: Portal): View {
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

import { expect, it } from 'vitest'
import { dataCentreOf } from './data-centre.model.ts'

it.each([
  [{ deskDomainUrl: 'https://desk.zoho.com' }, 'US'],
  [{ deskDomainUrl: 'https://desk.zoho.eu', dcType: 'US' }, 'EU'],
  [{ deskDomainUrl: 'https://desk.zoho.com.au' }, 'AU'],
  [{ deskDomainUrl: 'https://desk.zohocloud.ca' }, 'CA'],
  [{ deskDomainUrl: 'https://help.company.example', dcType: 'IN' }, 'IN'],
  [{ deskDomainUrl: 'https://evilzoho.eu', dcType: 'JP' }, 'JP'],
  [{ dcType: '1:5000' }, 'US'],
  [{}, 'US'],
])('%j is %s', (meta, dataCentre) => {
  expect(dataCentreOf(meta)).toBe(dataCentre)
})

/** Two services of the same Worker behind one address: each request goes to the one or the other, in turn. */
type Services = {
  FIRST: { fetch(request: Request): Promise<Response> }
  SECOND: { fetch(request: Request): Promise<Response> }
}

let turn = 0

export default {
  fetch(request: Request, services: Services): Promise<Response> {
    turn += 1
    return (turn % 2 === 0 ? services.FIRST : services.SECOND).fetch(request)
  },
}

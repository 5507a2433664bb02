import type { Values, WidgetHost } from './host.ts'

/** A widget's frame as the hub knows it: which window speaks, from which origin, and who answers. */
export type Frame = { source: () => unknown; origin: string; host: WidgetHost }

/** Hands each message to the host of the frame it came from: foreign windows and other origins are not heard. */
export class FrameHub {
  readonly #frames = new Set<Frame>()

  add(frame: Frame): void {
    this.#frames.add(frame)
  }

  remove(frame: Frame): void {
    frame.host.deregister()
    this.#frames.delete(frame)
  }

  receive(event: { source: unknown; origin: string; data: unknown }): void {
    const frame = [...this.#frames].find((entry) => entry.source() === event.source)
    if (frame !== undefined && frame.origin === event.origin) frame.host.receive(event.data)
  }

  /** To every widget that bound to it. */
  broadcast(eventName: string, data: unknown): void {
    for (const { host } of this.#frames) host.emit(eventName, data)
  }

  /** `widgetID` names the emitter itself, then all who listen to it hear; or the one it speaks to. */
  pass(emitter: WidgetHost, eventName: string, widgetID: string, data: unknown): void {
    for (const { host } of this.#frames) {
      if (host === emitter) continue
      if (widgetID === emitter.uniqueID) host.deliver(eventName, emitter.uniqueID, data)
      else if (widgetID === host.uniqueID) host.deliver(eventName, host.uniqueID, data)
    }
  }

  widgets(): Values[] {
    return [...this.#frames].map(({ host }) => ({ widgetID: host.uniqueID }))
  }

  /** Asks every widget; the first refusal counts. */
  async mayGoOn(eventName: string, data: unknown): Promise<{ isAllowed: boolean; reason?: string }> {
    const answers = await Promise.all([...this.#frames].map(({ host }) => host.hook(eventName, data)))
    return answers.find((answer) => !answer.isAllowed) ?? { isAllowed: true }
  }
}

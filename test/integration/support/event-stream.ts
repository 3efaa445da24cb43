/** An event as a page sees it. */
export interface StreamEvent {
  type: string;
  data: string;
}

/** A server-sent event stream that collects what arrives; `close` it in the end. */
export interface EventStream {
  status: number;
  events: StreamEvent[];
  close(): void;
}

/** Opens a stream with the session of a client. */
export async function openEvents(url: string, cookie: string): Promise<EventStream> {
  const abort = new AbortController();
  const response = await fetch(url, {
    headers: { cookie, accept: 'text/event-stream' },
    signal: abort.signal,
  });
  const stream: EventStream = { status: response.status, events: [], close: () => abort.abort() };
  void collect(response, stream.events).catch((error: unknown) => {
    if (!abort.signal.aborted) stream.events.push({ type: 'broken', data: String(error) });
  });
  return stream;
}

async function collect(response: Response, events: StreamEvent[]): Promise<void> {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
      const data = field('data');
      if (data !== undefined) events.push({ type: field('event') ?? 'message', data });
    }
  }
}

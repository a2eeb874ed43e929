/** The agent's own words for why it can't; status 0 where it did not answer at all. */
export class Refused {
  constructor(readonly status: number, readonly detail: string) {}
}

/** One question over HTTP, answered or refused; never throws. */
export async function ask<T>(path: string, method = "GET", body?: object): Promise<T | Refused> {
  try {
    const answer = await fetch(path, body === undefined ? { method } : { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (answer.ok) return (await answer.json()) as T;
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string };
    return new Refused(answer.status, problem.detail ?? "");
  } catch {
    return new Refused(0, "");
  }
}

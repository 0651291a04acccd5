// Generated from OpenAPI: python -m tools.clients --write

/** An answer other than the one asked for: RFC 9457, with everything that is wrong. */
export class JingmenProblem extends Error {
  constructor(problem, status, headers) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.name = "JingmenProblem";
    this.status = status;
    this.problem = problem;
    this.retryAfter = Number(headers.get("retry-after")) || null;
  }

  /** Everything that is wrong, each with its JSON Pointer into the body. */
  get errors() {
    return this.problem.errors ?? [];
  }
}

const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** Asks a service. Where it is busy, a question is put again, `retries` times. */
export class JingmenClient {
  #base;
  #options;

  constructor(base = "http://127.0.0.1:8765", options = {}) {
    this.#base = base.replace(/\/+$/, "");
    const { fetch } = globalThis;
    this.#options = { language: "zh", timeout: 60, retries: 2, fetch, ...options };
  }

  async #ask(method, path, query, body) {
    const { token, language, timeout, retries, fetch } = this.#options;
    const url = new URL(this.#base + path);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined && value !== null) url.searchParams.set(name, value);
    }
    const headers = { accept: "application/json", "accept-language": language };
    if (token) headers.authorization = `Bearer ${token}`;
    if (body !== undefined) headers["content-type"] = "application/json";
    for (let tried = 0; ; tried += 1) {
      const answer = await fetch(url, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(timeout * 1000),
      });
      const kind = answer.headers.get("content-type") ?? "";
      if (answer.ok) return kind.startsWith("application/json") ? answer.json() : answer.text();
      const problem = kind.startsWith("application/problem+json")
        ? await answer.json()
        : { type: "about:blank", title: await answer.text(), status: answer.status };
      const found = new JingmenProblem(problem, answer.status, answer.headers);
      if (found.retryAfter === null || tried >= retries) throw found;
      await wait(found.retryAfter);
    }
  }

  /** Put every rule to one dossier. */
  judge(body) {
    return this.#ask("POST", "/v1/judge", undefined, body);
  }

  /** Put every rule to many dossiers, each by itself. */
  judgeBatch(body) {
    return this.#ask("POST", "/v1/judge/batch", undefined, body);
  }

  /** One rule and one subject. */
  explain(body) {
    return this.#ask("POST", "/v1/explain", undefined, body);
  }

  /** Of all that is not known, the fact that settles most for whoever answers. */
  nextQuestion(body) {
    return this.#ask("POST", "/v1/next-question", undefined, body);
  }

  /** The rules in the order of the text, with the version of each in force on a day. */
  rules(query) {
    return this.#ask("GET", "/v1/rules", query);
  }

  /** Everything a rule says. */
  rule(rule, query) {
    return this.#ask("GET", `/v1/rules/${encodeURIComponent(rule)}`, query);
  }

  /** The text sentence by sentence, with the rules that quote each. */
  clauses(query) {
    return this.#ask("GET", "/v1/clauses", query);
  }

  /** One part of the text by its address, and what is inside it. */
  clause(address, query) {
    return this.#ask("GET", `/v1/clauses/${encodeURIComponent(address)}`, query);
  }

  /** Every reading that had to be chosen, with its basis and its alternatives. */
  readings(query) {
    return this.#ask("GET", "/v1/readings", query);
  }

  /** One reading that had to be chosen. */
  reading(reading, query) {
    return this.#ask("GET", `/v1/readings/${encodeURIComponent(reading)}`, query);
  }

  /** Every place where the document disagrees with itself, or is silent. */
  discrepancies(query) {
    return this.#ask("GET", "/v1/discrepancies", query);
  }

  /** The corpora that are served. */
  corpora() {
    return this.#ask("GET", "/v1/corpora");
  }

  /** One corpus on a day. */
  corpusAt(corpus, query) {
    return this.#ask("GET", `/v1/corpora/${encodeURIComponent(corpus)}`, query);
  }

  /** What a decision was made of. */
  receipt(receipt) {
    return this.#ask("GET", `/v1/receipts/${encodeURIComponent(receipt)}`);
  }

  /** Whether the process answers at all. */
  live() {
    return this.#ask("GET", "/v1/health/live");
  }

  /** Whether to send requests here. */
  ready() {
    return this.#ask("GET", "/v1/health/ready");
  }

  /** Figures for Prometheus. */
  metrics() {
    return this.#ask("GET", "/v1/metrics");
  }
}

"""``clients/typescript``: a module without dependencies, and its types."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tools.clients.schemas import Operation, Schema, about, operations, spelt

_NOTE = "// Generated from OpenAPI: python -m tools.clients --write\n"
_RUNTIME = """
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
    this.#base = base.replace(/\\/+$/, "");
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
"""
_DECLARED = """
/** An answer other than the one asked for: RFC 9457, with everything that is wrong. */
export class JingmenProblem extends Error {
  readonly status: number;
  readonly problem: ProblemDocument;
  /** Seconds after which to ask again, where the service said so. */
  readonly retryAfter: number | null;
  readonly errors: ErrorTold[];
}

export interface Options {
  /** The secret that `jingmen token new` printed. */
  token?: string;
  /** The language of messages. */
  language?: "zh" | "en";
  /** Seconds to wait for an answer. */
  timeout?: number;
  /** How often to ask again where the service is busy. */
  retries?: number;
  fetch?: typeof globalThis.fetch;
}
"""


class TypeScript:
    def __init__(self) -> None:
        self.null = "null"
        self.anything = "unknown"
        self.plain = {
            "string": "string",
            "integer": "number",
            "number": "number",
            "boolean": "boolean",
        }

    def listed(self, inner: str) -> str:
        return f"Array<{inner}>"

    def mapped(self, key: str, inner: str) -> str:
        return f"Partial<Record<{key}, {inner}>>" if key != "string" else f"Record<string, {inner}>"

    def literals(self, values: list[Any]) -> str:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in values)


def code(document: dict[str, Any]) -> str:
    """The module that runs."""
    methods = "\n".join(_method(one) for one in operations(document))
    return f"{_NOTE}{_RUNTIME}\n{methods}}}\n"


def types(document: dict[str, Any]) -> str:
    """Its types."""
    parts = [_NOTE]
    for name, schema in sorted(document["components"]["schemas"].items()):
        parts.append("\n".join(_type(name, schema, document)))
    parts.append(_DECLARED.strip())
    parts.append("\n".join(_declared(document)))
    return "\n\n".join(parts) + "\n"


def _type(name: str, schema: Schema, document: dict[str, Any]) -> Iterator[str]:
    if text := about(schema):
        yield f"/** {text} */"
    if "properties" not in schema:
        yield f"export type {name} = {spelt(schema, TypeScript(), document)};"
        return
    yield f"export interface {name} {{"
    required = schema.get("required", [])
    for member, inner in schema["properties"].items():
        mark = "" if member in required else "?"
        if text := about(inner):
            yield f"  /** {text} */"
        yield f"  {_key(member)}{mark}: {spelt(inner, TypeScript(), document)};"
    yield "}"


def _declared(document: dict[str, Any]) -> Iterator[str]:
    yield "/** Asks a service. Every method throws JingmenProblem for any other answer. */"
    yield "export class JingmenClient {"
    yield "  constructor(base?: string, options?: Options);"
    speech = TypeScript()
    for one in operations(document):
        arguments = [f"{name}: string" for name in one.within]
        if one.body is not None:
            arguments.append(f"body: {spelt(one.body, speech, document)}")
        if one.query:
            members = "; ".join(f"{name}?: string" for name in one.query)
            arguments.append(f"query?: {{ {members} }}")
        answer = "string" if one.answer is None else spelt(one.answer, speech, document)
        yield f"  /** {one.about}. */"
        yield f"  {_camel(one.name)}({', '.join(arguments)}): Promise<{answer}>;"
    yield "}"


def _method(one: Operation) -> str:
    arguments = [*one.within]
    if one.body is not None:
        arguments.append("body")
    if one.query:
        arguments.append("query")
    path = re.sub(r"\{(\w+)\}", r"${encodeURIComponent(\1)}", one.path)
    quoted = f"`{path}`" if one.within else json.dumps(path)
    rest = ["query" if one.query else "undefined", "body" if one.body is not None else "undefined"]
    while rest and rest[-1] == "undefined":
        rest.pop()
    asked = ", ".join([json.dumps(one.method), quoted, *rest])
    return (
        f"  /** {one.about}. */\n"
        f"  {_camel(one.name)}({', '.join(arguments)}) {{\n"
        f"    return this.#ask({asked});\n"
        f"  }}\n"
    )


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _key(name: str) -> str:
    return (
        name
        if re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII)
        else json.dumps(name, ensure_ascii=False)
    )

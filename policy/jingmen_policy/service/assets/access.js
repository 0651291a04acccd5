/* Where the service asks for a token: it is kept in this page's memory alone, and goes with every request. */

import { make, say, typed } from "./words.js";

const $ = (id) => document.getElementById(id);
let token = "";

/** A request, asked again with another token while the one it carries, or none, will not do. */
export async function fetched(path, given) {
  const send = () => fetch(path, token ? { ...given, headers: { ...given.headers, authorization: `Bearer ${token}` } } : given);
  let response = await send();
  while (response.status === 401 || (response.status === 403 && token)) {
    await typedIn(token ? await response.json() : null);
    response = await send();
  }
  return response;
}

/** Shows the form until a token is handed in; says what was wrong with the one before. */
function typedIn(problem) {
  const begun = $("begin").hidden;
  $("begin").hidden = true;
  $("access").hidden = false;
  $("access-wrong").replaceChildren(...(problem ? [make("p", { class: "wrong" }, typed(problem.detail ?? problem.title))] : []));
  $("token").value = "";
  $("token").focus();
  return new Promise((resolve) => {
    $("access-form").addEventListener("submit", (event) => {
      event.preventDefault();
      token = $("token").value.trim();
      $("token").value = "";
      $("access").hidden = true;
      $("begin").hidden = begun;
      $("live").textContent = say("已提交令牌", "Token handed in");
      resolve();
    }, { once: true });
  });
}

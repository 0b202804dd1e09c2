// Speaking with the server. Each way it can fail is an error of its own.
export class Offline extends Error {}
export class SignIn extends Error {}
export class Revoked extends Error {}
export class Refused extends Error {
  constructor(status, why) {
    super(why || `the server answered ${status}`);
    this.status = status;
  }
}

const BASE = "/field/api/";
const PATIENCE = 60_000; // milliseconds: links of the field are slow, not endless
const UNSAFE = new Set(["POST", "PUT"]);

/** The token that shows a form was ours. It changes at each sign-in, so it is read when it is sent. */
function csrf() {
  const found = document.cookie.split("; ").find((each) => /^(__Host-)?csrf=/.test(each));
  return found ? found.slice(found.indexOf("=") + 1) : "";
}

/** Ask the server; return its answer, whose status is one of success. */
export async function ask(method, path, { device = null, json, bytes, headers = {}, patience = PATIENCE } = {}) {
  if (globalThis.navigator?.onLine === false) throw new Offline("no network"); // it says so only where it is sure
  const asked = { Accept: "application/json", ...headers };
  if (device) asked["Kinward-Device"] = `${device.device}.${device.secret}`;
  if (UNSAFE.has(method)) asked["X-CSRFToken"] = csrf();
  if (json !== undefined) asked["Content-Type"] = "application/json";
  if (bytes !== undefined) asked["Content-Type"] = "application/octet-stream";
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), patience);
  let answer;
  try {
    answer = await fetch(BASE + path, {
      method, headers: asked, body: json === undefined ? bytes : JSON.stringify(json),
      credentials: "same-origin", cache: "no-store", redirect: "manual", signal: stop.signal,
    });
  } catch {
    throw new Offline("no answer");
  } finally {
    clearTimeout(clock);
  }
  if (answer.status === 410) throw new Revoked("revoked");
  // Where a page would be sent to sign in, so are we.
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) throw new SignIn("sign in");
  if (!answer.ok) throw new Refused(answer.status, await reason(answer));
  return answer;
}

/** What a refusal says; its own words if it has some. */
async function reason(answer) {
  try {
    return (await answer.json()).detail ?? "";
  } catch {
    return "";
  }
}

/** Ask, and read the answer as JSON. A link that breaks in the middle of it gave no answer. */
export async function askJson(method, path, given) {
  const answer = await ask(method, path, given);
  try {
    return await answer.json();
  } catch {
    throw new Offline("the answer broke off");
  }
}

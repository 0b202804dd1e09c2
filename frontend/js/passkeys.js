// The WebAuthn ceremony: options come from the page or from the server, the answer goes into the form.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (list) => list?.map((each) => ({ ...each, id: toBytes(each.id) }));

/** Options as a server writes them, with bytes where the browser wants them. */
function read({ publicKey }) {
  const options = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (publicKey.user) options.user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
  if (publicKey.excludeCredentials) options.excludeCredentials = withBytes(publicKey.excludeCredentials);
  if (publicKey.allowCredentials) options.allowCredentials = withBytes(publicKey.allowCredentials);
  return { publicKey: options };
}

/** What the device answered, as text. */
function write(credential) {
  const said = credential.response;
  const response = { clientDataJSON: toText(said.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (said[name]) response[name] = toText(said[name]);
  }
  if (said.getTransports) response.transports = said.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

/** Ask the device to sign. */
export const sign = async (options) => write(await navigator.credentials.get(read(options)));

async function go(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const from = form.dataset.optionsFrom;
    const answer = from ? await fetch(from, { headers: { Accept: "application/json" } }) : null;
    const options = answer ? (await answer.json()).request_options : JSON.parse(form.dataset.options);
    form.elements.credential.value = form.dataset.passkey === "create"
      ? write(await navigator.credentials.create(read(options)))
      : await sign(options);
    form.submit();
  } catch {
    failed.hidden = false; // cancelled, timed out, unknown here: the page says what to do
  }
}

export function offerPasskeys() {
  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("[data-passkey]")) {
    form.hidden = false;
    form.querySelector("[data-passkey-go]").addEventListener("click", () => go(form));
    // Enter in the name of a new passkey does what the button does.
    form.addEventListener("submit", (event) => { event.preventDefault(); go(form); });
  }
}

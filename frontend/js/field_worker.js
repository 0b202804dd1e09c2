// Answers for the application of the field without a network. What it keeps is the same for everybody:
// `KEPT` (from /field/sw.js) names the shell and its files. What the server says of people is never kept.
const { name, shell, files } = self.KEPT;
const PREFIX = "kinward-field-";

self.addEventListener("install", (event) => {
  // "no-cache" asks whether the browser's copy is still the one: what was just loaded is not sent twice.
  const fresh = [shell, ...files].map((each) => new Request(each, { cache: "no-cache", credentials: "omit" }));
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(fresh)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const each of await caches.keys()) if (each.startsWith(PREFIX) && each !== name) await caches.delete(each);
    await self.clients.claim();
  })());
});

// A new version waits until a person agrees: what they are writing is kept first.
self.addEventListener("message", (event) => {
  if (event.data === "SKIP_WAITING") self.skipWaiting();
});

/** The file as it was kept, else from the network. */
const kept = async (request) => (await (await caches.open(name)).match(request, { ignoreVary: true })) ?? fetch(request);

/** Other pages below this address are the server's; without a network the application answers. */
async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return kept(shell);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || pathname.startsWith(`${shell}api/`)) return;
  if (request.mode === "navigate") event.respondWith(pathname === shell ? kept(shell) : page(request));
  else if (files.includes(pathname)) event.respondWith(kept(pathname));
});

// What is being written, what is ready, what was sent. The only place that moves one to the next.
import { uuid7 } from "./bytes.js";
import { toldBy } from "./forms/asked.js";
import { sealPhoto } from "./photos.js";
import { boxOf } from "./sealing.js";
import * as store from "./store.js";

/** Every draft, opened, the newest first. */
export async function drafts(keys) {
  const rows = await store.all("drafts");
  const opened = await Promise.all(rows.map((row) => keys.open("drafts", row)));
  return opened.sort((left, right) => right.changed_at - left.changed_at);
}

export async function draft(keys, id) {
  const row = await store.get("drafts", id);
  return row ? keys.open("drafts", row) : null;
}

/** Start a draft: of a new person, or of one that is known by its record. */
export function begin(form, { record = uuid7(), about = "", answers = {}, now = Date.now() } = {}) {
  return { id: uuid7(now), record, kind: form.name, form: form.version, answers, consents: {}, about, left: [], page: 0, started_at: now, changed_at: now };
}

export async function save(keys, changed, now = Date.now()) {
  const kept = { ...changed, changed_at: now };
  await store.write([{ store: "drafts", put: await keys.seal("drafts", kept.id, kept) }]);
  return kept;
}

export async function discard(id) {
  const media = (await store.ids("media")).filter((each) => each.startsWith(id));
  await store.write([{ store: "drafts", remove: id }, ...media.map((each) => ({ store: "media", remove: each }))]);
}

/** Seal a draft to the server and forget it, in one step: it is in one list or in the other. */
export async function finalise(keys, finished, form, { device, seq, now = Date.now() }) {
  const { id, record, kind } = finished;
  const entry = { id, record, kind, form: form.version, base: seq, said_at: new Date(now).toISOString() };
  const box = await boxOf(entry, toldBy(form, finished), device);
  const media = (await store.ids("media")).filter((each) => each.startsWith(id));
  const photos = [];
  for (const each of media) photos.push(...await sealPhoto(keys, await store.get("media", each), { entry: id, device }));
  await store.write([
    { store: "entries", put: { ...entry, box, device: device.device, order: await nextOrder() } },
    ...photos.map((row) => ({ store: "photos", put: row })),
    { store: "drafts", remove: id },
    ...media.map((each) => ({ store: "media", remove: each })),
  ]);
}

/** Entries are sent in the order in which they were finished, whatever the clock of the phone says. */
async function nextOrder() {
  const entries = await store.all("entries");
  return entries.reduce((highest, entry) => Math.max(highest, entry.order), 0) + 1;
}

/** The queue, as it is sent. */
export async function ready() {
  return (await store.all("entries")).sort((left, right) => left.order - right.order);
}

/** What the server answered, the newest first. */
export async function sent(keys) {
  const opened = await Promise.all((await store.all("sent")).map((row) => keys.open("sent", row)));
  return opened.sort((left, right) => right.at - left.at);
}

/** Take down what the server said of some entries. Only then do they leave the queue. */
export async function settle(keys, entries, results, now = Date.now()) {
  const said = new Map(results.map((result) => [result.id, result]));
  const changes = [];
  for (const { id, kind, said_at } of entries.filter((entry) => said.has(entry.id))) {
    const { state, seq, conflicts = [], why = {}, alike = [] } = said.get(id);
    const receipt = { id, kind, said_at, state, seq, conflicts, why, alike, at: now };
    changes.push({ store: "sent", put: await keys.seal("sent", id, receipt) }, { store: "entries", remove: id });
  }
  if (changes.length) await store.write(changes);
  return changes.length / 2;
}

/** Whether the server refused an entry: then it takes no photograph of it either. */
export async function wasRefused(keys, id) {
  const row = await store.get("sent", id);
  return Boolean(row) && (await keys.open("sent", row)).state === "refused";
}

/** How many there are of each; readable while the phone is locked, as nobody is named. */
export async function counts() {
  const [draftCount, readyCount, sentCount] = await Promise.all(["drafts", "entries", "sent"].map(store.count));
  const photos = new Set((await store.ids("photos")).map((each) => each.split("/")[0])).size;
  return { drafts: draftCount, ready: readyCount, sent: sentCount, photos, unsent: draftCount + readyCount };
}

/** The queue as a file, sealed as it is: to be carried by card when no link comes. */
export async function exported() {
  const entries = (await ready()).map(({ order, ...entry }) => entry);
  return { format: "kinward-field-queue", version: 1, entries };
}

// What the phone keeps: rows in IndexedDB, written several at a time or not at all.
//
// about    one row each: the vault; the device, forms and pack (sealed in the vault); the language
// drafts   being written; sealed in the vault
// media    photographs of drafts; sealed in the vault
// entries  finished, sealed to the server; the phone cannot read them
// photos   photographs of entries, sealed to the server in chunks
// sent     what the server said of each entry; sealed in the vault
const NAME = "kinward-field";
const VERSION = 1;
export const STORES = ["about", "drafts", "media", "entries", "photos", "sent"];

let opened = null;

function open() {
  opened = opened ?? new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => {
      for (const each of STORES) asked.result.createObjectStore(each, { keyPath: "id" });
    };
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("another window holds an older store open"));
    asked.onsuccess = () => {
      // Some browsers close the connection when memory is short: the next call opens it anew.
      asked.result.onclose = () => { opened = null; };
      asked.result.onversionchange = () => { asked.result.close(); opened = null; };
      resolve(asked.result);
    };
  });
  opened.catch(() => { opened = null; });
  return opened;
}

/** Do `work` on the named stores in one transaction; return what its request came to. */
async function transact(names, mode, work, again = true) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(names, mode, { durability: "strict" });
      const request = work((name) => transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } catch (failure) {
    if (failure?.name !== "InvalidStateError" || !again) throw failure;
    opened = null;
    return transact(names, mode, work, false);
  }
}

export const get = (store, id) => transact([store], "readonly", (of) => of(store).get(id));
export const all = (store) => transact([store], "readonly", (of) => of(store).getAll());
export const ids = (store) => transact([store], "readonly", (of) => of(store).getAllKeys());
export const count = (store) => transact([store], "readonly", (of) => of(store).count());

/** Write all of it or nothing: `{store, put: row}`, `{store, remove: id}`, `{store, clear: true}`. */
export function write(changes) {
  const names = [...new Set(changes.map((change) => change.store))];
  return transact(names, "readwrite", (of) => {
    for (const { store, put, remove, clear } of changes) {
      if (put) of(store).put(put);
      if (remove) of(store).delete(remove);
      if (clear) of(store).clear();
    }
  });
}

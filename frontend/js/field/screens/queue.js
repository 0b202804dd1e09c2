// The queue as a file, for when no link comes: as sealed as it lies here.
import { h } from "../dom.js";
import { exported } from "../ledger.js";

export async function saveQueue() {
  const file = new Blob([JSON.stringify(await exported())], { type: "application/json" });
  const address = URL.createObjectURL(file);
  const link = h("a", { href: address, download: `kinward-queue-${new Date().toISOString().slice(0, 10)}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

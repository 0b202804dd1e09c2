// Which screen an address names. `#/draft/<id>/2` calls the screen with the parts behind its name.
import { draftScreen } from "./screens/draft.js";
import { homeScreen } from "./screens/home.js";
import { checkScreen, discardScreen, draftsScreen, finishScreen, newScreen, readyScreen, sentScreen } from "./screens/lists.js";
import { childrenScreen, visitsScreen } from "./screens/pack.js";
import { countScreen, countsScreen } from "./screens/count.js";
import { searchScreen } from "./screens/search.js";
import { settingsScreen } from "./screens/settings.js";
import { nothingHere } from "./screens/start.js";

const SCREENS = {
  drafts: draftsScreen,
  draft: draftScreen,
  check: checkScreen,
  discard: discardScreen,
  finish: finishScreen,
  new: newScreen,
  ready: readyScreen,
  sent: sentScreen,
  children: childrenScreen,
  visits: visitsScreen,
  count: ([checkpoint]) => (checkpoint ? countScreen : countsScreen),
  search: searchScreen,
  settings: settingsScreen,
};

export function routes([name, ...parts]) {
  if (!name) return [homeScreen, []];
  if (name === "count") return [SCREENS.count(parts), parts];
  return [SCREENS[name] ?? nothingHere, parts];
}

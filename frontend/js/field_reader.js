// Reads a code from a picture, where the browser cannot: loaded only then.
import { readPicture } from "./pictures.js";

globalThis.kinwardRead = readPicture;

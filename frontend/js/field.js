// The application of the field: one bundle, the same for everybody, kept by the service worker.
import "./field/main.js";

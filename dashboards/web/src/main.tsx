import { isReplay } from "./route";

// Live and replay share panels and nothing else: a page is one or the other, and going between them loads it anew.
void (isReplay(location.pathname) ? import("./replay") : import("./live"));

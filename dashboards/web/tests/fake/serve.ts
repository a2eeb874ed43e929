import { createServer } from "vite";
import { FakeAgent } from "./fakeAgent";
import { FakeWard } from "./fakeWard";
import { setScene } from "./scene";

/** `npm run fake -- [beds]`: the page on a synthetic ward, with no agent. */
const ward = new FakeWard(Number(process.argv[2] ?? 12));
setScene(ward, Date.now());
const agent = await FakeAgent.start(ward);
const server = await createServer({ server: { proxy: { "/api": agent.url, "/hub": { target: agent.url, ws: true } } } });
await server.listen();
server.printUrls();

// MQTT.js against FieldNet: `node client.mjs VERSION URL CAFILE`. Ends with «all is well» and 0, or says what is wanting.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { once } from "node:events";
import mqtt from "mqtt";

const [version, url, authority] = process.argv.slice(2);
const is5 = version === "5";
const topic = `clients/mqttjs/${randomUUID()}`;
const patience = setTimeout(() => {
  console.error("out of patience");
  process.exit(1);
}, 25_000);

const protocol = { 3.1: { protocolVersion: 3, protocolId: "MQIsdp" }, "3.1.1": { protocolVersion: 4 }, 5: { protocolVersion: 5 } }[version];

async function connect(clientId, options = {}) {
  const client = mqtt.connect(url, { clientId, reconnectPeriod: 0, ca: url.startsWith("mqtts") ? readFileSync(authority) : undefined, ...protocol, ...options });
  client.on("error", (error) => {
    console.error(error);
    process.exit(1);
  });
  const waiting = [];
  const heard = [];
  client.on("message", (name, payload, packet) => {
    const message = { topic: name, payload: payload.toString(), ...packet, name };
    waiting.length > 0 ? waiting.shift()({ ...message, payload: payload.toString() }) : heard.push({ ...message, payload: payload.toString() });
  });
  client.next = () => (heard.length > 0 ? Promise.resolve(heard.shift()) : new Promise((resolve) => waiting.push(resolve)));
  const [connack] = await once(client, "connect");
  return Object.assign(client, { connack });
}

async function eachQos(client) {
  const granted = await client.subscribeAsync(`${topic}/+/qos`, { qos: 2 });
  assert.equal(granted[0].qos, 2);
  for (const qos of [0, 1, 2]) {
    await client.publishAsync(`${topic}/é/qos`, `qos ${qos}`, { qos });
    const message = await client.next();
    assert.deepEqual([message.name, message.payload, message.qos, message.retain], [`${topic}/é/qos`, `qos ${qos}`, qos, false]);
  }
  await client.unsubscribeAsync(`${topic}/+/qos`);
}

async function retained(client) {
  await client.publishAsync(`${topic}/kept`, "kept", { qos: 1, retain: true });
  await client.subscribeAsync(`${topic}/kept`, { qos: 1 });
  const message = await client.next();
  assert.deepEqual([message.payload, message.retain], ["kept", true]);
  await client.publishAsync(`${topic}/kept`, "", { qos: 1, retain: true });
  assert.equal((await client.next()).payload, "");
}

async function will(client) {
  await client.subscribeAsync(`${topic}/will`, { qos: 1 });
  const doomed = await connect(`doomed-${randomUUID().slice(0, 8)}`, { will: { topic: `${topic}/will`, payload: "gone", qos: 1 } });
  doomed.stream.destroy();
  assert.equal((await client.next()).payload, "gone");
}

async function lastingSession(client) {
  const session = { clean: false, ...(is5 ? { properties: { sessionExpiryInterval: 600 } } : {}) };
  const name = `lasting-${randomUUID().slice(0, 8)}`;
  const away = await connect(name, session);
  await away.subscribeAsync(`${topic}/away`, { qos: 2 });
  await away.endAsync();
  await client.publishAsync(`${topic}/away`, "away 1", { qos: 1 });
  await client.publishAsync(`${topic}/away`, "away 2", { qos: 2 });
  const back = await connect(name, session);
  assert.ok(version === "3.1" || back.connack.sessionPresent);
  assert.equal((await back.next()).payload, "away 1");
  assert.equal((await back.next()).payload, "away 2");
  await back.endAsync();
}

async function properties(client) {
  await client.subscribeAsync(`${topic}/properties`, { qos: 1, properties: { subscriptionIdentifier: 321 } });
  const sent = { contentType: "application/json", responseTopic: `${topic}/answers`, correlationData: Buffer.from([0, 1]), userProperties: { a: ["1", "2"], b: "3" } };
  await client.publishAsync(`${topic}/properties`, "x", { qos: 1, properties: { ...sent, topicAlias: 1 } });
  await client.publishAsync("", "aliased", { qos: 1, properties: { topicAlias: 1 } });
  const got = (await client.next()).properties;
  assert.deepEqual({ ...got.userProperties }, sent.userProperties);
  assert.deepEqual([got.contentType, got.responseTopic, got.correlationData, got.subscriptionIdentifier], [sent.contentType, sent.responseTopic, sent.correlationData, 321]);
  assert.equal((await client.next()).name, `${topic}/properties`);
}

const client = await connect(`main-${randomUUID().slice(0, 8)}`);
for (const test of [eachQos, retained, will, lastingSession, ...(is5 ? [properties] : [])]) {
  console.log(test.name);
  await test(client);
}
await client.endAsync();
clearTimeout(patience);
console.log("all is well");

"""Paho Python against FieldNet: VERSION TRANSPORT PORT CAFILE. Ends with «all is well» and 0, or says what is wanting."""

import queue
import sys
import uuid

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

VERSION, TRANSPORT, PORT, CAFILE = sys.argv[1:]
PROTOCOL = {"3.1": mqtt.MQTTv31, "3.1.1": mqtt.MQTTv311, "5": mqtt.MQTTv5}[VERSION]
IS_5 = VERSION == "5"
TOPIC = "clients/paho python/" + uuid.uuid4().hex
PATIENCE_SECONDS = 20


class Client:
    def __init__(self, name, clean=True, will=None):
        self.events = {kind: queue.Queue() for kind in ("connect", "subscribe", "unsubscribe", "publish", "message", "disconnect")}
        session = {} if IS_5 else {"clean_session": clean}
        self.paho = mqtt.Client(name, protocol=PROTOCOL, transport="websockets" if TRANSPORT == "websockets" else "tcp", **session)
        self.paho.on_connect = lambda c, u, flags, code, *more: self.events["connect"].put((flags, code))
        self.paho.on_subscribe = lambda c, u, mid, codes, *more: self.events["subscribe"].put(codes)
        self.paho.on_unsubscribe = lambda c, u, mid, *more: self.events["unsubscribe"].put(mid)
        self.paho.on_publish = lambda c, u, mid: self.events["publish"].put(mid)
        self.paho.on_message = lambda c, u, message: self.events["message"].put(message)
        self.paho.on_disconnect = lambda c, u, code, *more: self.events["disconnect"].put(code)
        if TRANSPORT == "websockets":
            self.paho.ws_set_options(path="/mqtt")
        if TRANSPORT == "tls":
            self.paho.tls_set(CAFILE)
        if will:
            self.paho.will_set(*will)
        start = {}
        if IS_5:
            lasting = Properties(PacketTypes.CONNECT)
            lasting.SessionExpiryInterval = 0 if clean else 600
            start = {"clean_start": clean, "properties": lasting}
        self.paho.connect("localhost" if TRANSPORT == "tls" else "127.0.0.1", int(PORT), 30, **start)
        self.paho.loop_start()
        self.flags, code = self.next("connect")
        check(code == 0, f"connected, code {code}")

    def next(self, kind):
        return self.events[kind].get(timeout=PATIENCE_SECONDS)

    def message(self, payload):
        message = self.next("message")
        check(message.payload == payload, f"{message.payload} is {payload}")
        return message

    def subscribe(self, topic, qos):
        if IS_5:
            self.paho.subscribe(topic, options=SubscribeOptions(qos=qos))
        else:
            self.paho.subscribe(topic, qos)
        granted = [getattr(code, "value", code) for code in self.next("subscribe")]
        check(granted == [qos], f"granted {granted}")

    def publish(self, topic, payload, qos, retain=False, properties=None):
        self.paho.publish(topic, payload, qos, retain, **({"properties": properties} if IS_5 else {}))
        self.next("publish")

    def leave(self):
        self.paho.disconnect()
        self.next("disconnect")
        self.paho.loop_stop()


def check(is_so, what):
    if not is_so:
        raise AssertionError(what)


def test_each_qos(client):
    client.subscribe(TOPIC + "/+/qos", 2)
    for qos in (0, 1, 2):
        client.publish(TOPIC + "/é/qos", f"qos {qos}".encode(), qos)
        message = client.message(f"qos {qos}".encode())
        check((message.qos, message.retain, message.topic) == (qos, False, TOPIC + "/é/qos"), f"{message.qos} {message.topic}")
    client.paho.unsubscribe(TOPIC + "/+/qos")
    client.next("unsubscribe")


def test_large_payload(client):
    client.subscribe(TOPIC + "/large", 1)
    payload = bytes(range(256)) * 400
    client.publish(TOPIC + "/large", payload, 1)
    client.message(payload)


def test_retained(client):
    client.publish(TOPIC + "/kept", b"kept", 1, retain=True)
    client.subscribe(TOPIC + "/kept", 1)
    check(client.message(b"kept").retain, "retain is set")
    client.publish(TOPIC + "/kept", b"", 1, retain=True)
    client.message(b"")


def test_will(client):
    client.subscribe(TOPIC + "/will", 1)
    doomed = Client("doomed-" + uuid.uuid4().hex[:10], will=(TOPIC + "/will", b"gone", 1))
    doomed.paho.loop_stop()
    doomed.paho._sock_close()  # as a cut cable: no DISCONNECT
    client.message(b"gone")


def test_lasting_session(client):
    name = "lasting-" + uuid.uuid4().hex[:10]
    away = Client(name, clean=False)
    away.subscribe(TOPIC + "/away", 2)
    away.leave()
    for qos in (1, 2):
        client.publish(TOPIC + "/away", f"away {qos}".encode(), qos)
    back = Client(name, clean=False)
    check(IS_5 or back.flags["session present"] == 1 or VERSION == "3.1", "session present")
    for qos in (1, 2):
        check(back.message(f"away {qos}".encode()).qos == qos, "its qos")
    back.leave()


def test_properties(client):
    properties = Properties(PacketTypes.PUBLISH)
    properties.PayloadFormatIndicator = 1
    properties.ContentType = "application/json"
    properties.ResponseTopic = TOPIC + "/answers"
    properties.CorrelationData = b"\0\1"
    properties.UserProperty = [("b", "1"), ("a", "2"), ("b", "3")]
    properties.MessageExpiryInterval = 60
    client.subscribe(TOPIC + "/properties", 1)
    client.publish(TOPIC + "/properties", b"x", 1, properties=properties)
    got = client.message(b"x").properties
    for name in ("PayloadFormatIndicator", "ContentType", "ResponseTopic", "CorrelationData", "UserProperty"):
        check(getattr(got, name) == getattr(properties, name), name)
    check(got.MessageExpiryInterval in (59, 60), "MessageExpiryInterval")


def main():
    client = Client("main-" + uuid.uuid4().hex[:10])
    tests = [test_each_qos, test_large_payload, test_retained, test_will, test_lasting_session] + ([test_properties] if IS_5 else [])
    for test in tests:
        print(test.__name__, flush=True)
        test(client)
    client.leave()
    print("all is well")


main()

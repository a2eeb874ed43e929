using System.Text.Json;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Remembers which connections a device speaks on, and what it means when one closes.</summary>
internal static class ConnectionRule
{
    /// <summary>More than a bedside needs; a device that reconnects without closing does not grow the list.</summary>
    private const int MaxConnections = 8;

    public static void Used(DeviceState device, in LogRecord record)
    {
        var facts = record.Topic.Message != MessageKind.Wave;
        foreach (var use in device.Connections)
        {
            if (use.Number == record.Connection)
            {
                use.CarriesFacts |= facts;
                return;
            }
        }

        if (device.Connections.Count == MaxConnections)
        {
            device.Connections.RemoveAt(0);
        }

        device.Connections.Add(new ConnectionUse { Number = record.Connection, CarriesFacts = facts });
    }

    /// <returns>True when the device was on it and its loss makes the device lost at once.</returns>
    public static bool Closed(DeviceState device, long connection, bool leave)
    {
        var use = device.Connections.Find(candidate => candidate.Number == connection);
        if (use is null)
        {
            return false;
        }

        device.Connections.Remove(use);
        return !leave && (device.Connections.Count == 0 || (use.CarriesFacts && !device.Connections.Exists(other => other.CarriesFacts)));
    }

    /// <summary>Whether the Close record blames nobody: the client took leave, or the agent itself was stopping.</summary>
    public static bool TookLeave(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        var excused = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            var leave = reader.ValueTextEquals("leave"u8);
            var reason = reader.ValueTextEquals("reason"u8);
            reader.Read();
            excused |= (leave && reader.TokenType == JsonTokenType.True)
                || (reason && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("server_stopping"u8));
        }

        return excused;
    }
}

using FieldNet.Bedside.Network;
using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Scenarios;

/// <summary>Draws a site: one or two wards, two or three cells, one or two slices, a gateway for each bed or for a few of them.</summary>
internal static class SiteDrawing
{
    private const string Site = "sim";
    private const ulong FirstCellId = 0x5c4225710;

    public static SiteLayout Draw(Random random, int beds)
    {
        var cells = Cells(random.Next(2, 4));
        SlicePlace[] slices = random.NextDouble() < 0.5 ? [new("clinical", 1, "000001")] : [new("clinical", 1, "000001"), new("general", 1, "000002")];
        int wards = beds >= 8 && random.NextDouble() < 0.3 ? 2 : 1;
        List<GatewayPlace> gateways = [];
        for (int bed = 0; bed < beds;)
        {
            int ward = wards == 2 && bed >= beds / 2 ? 2 : 1;
            int firstBehind = ward == wards ? beds : beds / 2;
            int served = random.NextDouble() < 0.15 ? Math.Min(random.Next(2, 5), firstBehind - bed) : 1;
            gateways.Add(Gateway($"icu{ward}", Enumerable.Range(bed + 1, served), gateways.Count, cells, slices, random));
            bed += served;
        }
        return new() { Site = Site, Cells = cells, Slices = slices, Gateways = gateways };
    }

    /// <param name="count">How many; the first has the physical id 11.</param>
    public static CellPlace[] Cells(int count) => [.. Enumerable.Range(0, count).Select(n =>
    {
        ulong id = FirstCellId + (ulong)n + 1;
        return new CellPlace(id.ToString("x", System.Globalization.CultureInfo.InvariantCulture), (uint)(11 + n), id, $"gnb-{(char)('a' + n)}");
    })];

    private static GatewayPlace Gateway(string ward, IEnumerable<int> beds, int number, CellPlace[] cells, SlicePlace[] slices, Random random)
    {
        // Each cell has its share first, so that none is empty.
        int cell = number < cells.Length ? number : random.Next(cells.Length);
        int slice = number < slices.Length ? number : random.NextDouble() < 0.7 ? 0 : slices.Length - 1;
        string[] names = [.. beds.Select(bed => $"bed-{bed:00}")];
        string subject = names.Length == 1 ? $"{Site}/{ward}/{names[0]}/gw1" : $"{Site}/{ward}/_ward/gw{number + 1}";
        DevicePlace At(string at) => new(at, subject, cells[cell].Name, slices[slice].Name);
        List<DevicePlace> serves = [];
        foreach (string bed in names)
        {
            serves.Add(At($"{Site}/{ward}/{bed}/{VirtualFleet.Monitor}"));
            if (random.NextDouble() < 0.3)
            {
                serves.Add(At($"{Site}/{ward}/{bed}/{VirtualFleet.Pump}"));
            }
        }
        return new(At(subject)) { Cell = cell, Slice = slice, Number = number, Serves = serves };
    }
}

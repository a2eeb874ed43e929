using System.ComponentModel;
using System.Diagnostics;

namespace FieldNet.Edge.Demo;

/// <summary>Shows the wall in the desktop's browser, where there is a desktop.</summary>
internal static class BrowserWindow
{
    public static void Open(Uri page)
    {
        var desktop = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")) || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"));
        if (!desktop)
        {
            Console.Error.WriteLine($"Open {page} in a browser.");
            return;
        }

        try
        {
            using var opened = Process.Start(new ProcessStartInfo("xdg-open", [page.ToString()]) { RedirectStandardError = true });
        }
        catch (Win32Exception)
        {
            Console.Error.WriteLine($"Open {page} in a browser.");
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace FieldNet.Edge.Modem;

/// <summary>Runs a program that speaks to a modem.</summary>
internal static class ModemCommand
{
    /// <summary>A modem that is busy lets its programs wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Its standard output.</returns>
    /// <exception cref="ModemFaultException">It is not there, fails, or takes too long.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception absent)
        {
            throw new ModemFaultException($"{program} can't be run: {absent.Message}", absent);
        }

        process.StandardInput.Close();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            var (said, complained) = (await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
            return process.ExitCode == 0 ? said : throw new ModemFaultException($"{program}: {FirstLine(complained) ?? FirstLine(said) ?? $"exit code {process.ExitCode}"}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ModemFaultException($"{program} does not answer");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string? FirstLine(string text) => text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);
}

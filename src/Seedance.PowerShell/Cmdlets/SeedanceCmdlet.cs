using System.Management.Automation;
using System.Net;
using System.Runtime.ExceptionServices;
using System.Security;
using Seedance.PowerShell.Session;
using DriveNotFoundException = System.Management.Automation.DriveNotFoundException;

namespace Seedance.PowerShell.Cmdlets;

/// <summary>What every cmdlet does: runs operations of the core on other threads and speaks for them on the pipeline's.</summary>
public abstract class SeedanceCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private SeedanceServices? _services;
    private CmdletOutput? _output;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Of this cmdlet's progress bar; a fixed one, so that the bars of a pipeline do not take turns.</summary>
    private protected abstract int ActivityId { get; }

    private protected CmdletOutput Output => _output ??= new CmdletOutput(this, ActivityId);

    private protected SeedanceServices Services => _services ??= OrTerminate(() => ModuleServices.Current);

    /// <summary>Before the first input. What it throws stops the command.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Each input. What it throws is this input's error, and the next has its turn.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>After the last input. What it throws stops the command.</summary>
    private protected virtual void End()
    {
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => OrTerminate(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            Process();
        }
        catch (Exception error) when (IsOurs(error))
        {
            Report(error);
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => OrTerminate(End);

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The pipeline ended by itself at the same moment.
        }
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>Runs an operation to its end. What it throws stops the command; what concerns one item it reports.</summary>
    private protected void RunOperation(Func<IOperationOutput, CancellationToken, Task> operation, bool keepsProgress = false)
    {
        _ = Services; // Here, on the thread that may stop the command: there may be no state folder.
        try
        {
            OutputPump.Run(operation, Output, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            SayWhatGoesOn();
            throw new PipelineStoppedException();
        }
        catch (PipelineStoppedException)
        {
            SayWhatGoesOn();
            throw;
        }
        catch (SeedanceException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error));
        }
        catch (Exception error) when (IsOurs(error))
        {
            Report(error); // Nobody foresaw it, so nobody said that it concerns the other inputs too.
        }
        finally
        {
            _services?.Traces.Flush();
            if (!keepsProgress)
            {
                Output.EndProgress();
            }
        }
    }

    /// <summary>What goes on elsewhere although the command was stopped, and how to go on with it; null where nothing does.</summary>
    private protected virtual string? GoingOn() => null;

    /// <summary>A stopped pipeline takes no records, so this goes to the host itself.</summary>
    private void SayWhatGoesOn()
    {
        if (GoingOn() is { } text)
        {
            Host.UI?.WriteWarningLine(text);
        }
    }

    /// <summary>Waits for what the core finds out; what it throws is the caller's to report.</summary>
    private protected T Await<T>(Func<CancellationToken, Task<T>> find)
    {
        T? found = default;
        ExceptionDispatchInfo? failed = null;
        RunOperation(async (_, stop) =>
        {
            try
            {
                found = await find(stop).ConfigureAwait(false);
            }
            catch (Exception error) when (Unforeseen.IsError(error, stop))
            {
                failed = ExceptionDispatchInfo.Capture(Unforeseen.Of(error));
            }
        }, keepsProgress: true);
        failed?.Throw();
        return found!;
    }

    /// <summary>Runs a decision of the core that reads no network; its failure stops the command.</summary>
    private protected T OrTerminate<T>(Func<T> decide)
    {
        try
        {
            return decide();
        }
        catch (Exception error) when (IsOurs(error))
        {
            ThrowTerminatingError(ErrorRecords.From(Unforeseen.Of(error)));
            throw; // Not reached; the compiler cannot know.
        }
    }

    /// <inheritdoc cref="OrTerminate{T}"/>
    private protected void OrTerminate(Action decide)
    {
        try
        {
            decide();
        }
        catch (Exception error) when (IsOurs(error))
        {
            ThrowTerminatingError(ErrorRecords.From(Unforeseen.Of(error)));
        }
    }

    private protected virtual void Report(Exception error) => Output.Error(Unforeseen.Of(error));

    /// <summary>
    /// True for what our code threw, and for what an input's own properties did; the engine's other exceptions, by which it stops a
    /// pipeline, are the engine's to handle.
    /// </summary>
    private protected static bool IsOurs(Exception error) =>
        error is ExtendedTypeSystemException || error.GetType().Assembly != typeof(PSObject).Assembly;

    /// <summary>
    /// A local path as this session sees it; one that names no file system stays as it is, and is then reported as missing.
    /// </summary>
    private protected string FullPath(string path)
    {
        try
        {
            string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? full : path;
        }
        catch (Exception error) when (error is DriveNotFoundException or ProviderNotFoundException or PSArgumentException
            or NotSupportedException)
        {
            return path;
        }
    }

    /// <summary>Nothing is to be done, only shown.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>The user is asked before anything is done: by -Confirm, or by a preference that asks for what costs something.</summary>
    private protected bool Confirms => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), CultureInfo.InvariantCulture, out ConfirmImpact asks)
            && asks is ConfirmImpact.Low or ConfirmImpact.Medium;

    /// <summary>What is done is told.</summary>
    private protected bool IsVerbose => MyInvocation.BoundParameters.TryGetValue("Verbose", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.TryConvertTo(GetVariableValue("VerbosePreference"), CultureInfo.InvariantCulture, out ActionPreference tells)
            && tells is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private protected static string? PlainText(SecureString? secret) =>
        secret is null ? null : new NetworkCredential(string.Empty, secret).Password;
}

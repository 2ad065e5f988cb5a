using System.Net.Sockets;
using System.Text.Json;

namespace Seedance;

/// <summary>An exception of the runtime as an error of ours: no other kind may reach a script, which knows only ours.</summary>
internal static class Unforeseen
{
    /// <summary>Everything is one item's error, and the other items go on; only a stop that was asked for is none.</summary>
    public static bool IsError(Exception error, CancellationToken stop) =>
        error is not OperationCanceledException || !stop.IsCancellationRequested;

    public static SeedanceException Of(Exception error, object? target = null) => error switch
    {
        SeedanceException known => known,
        AggregateException { InnerException: { } inner } => Of(inner, target),
        _ => new SeedanceException(Code(error), "Something went wrong that was not foreseen: " + Describe(error), error)
        {
            Target = target,
            RecommendedAction = Action(error),
        },
    };

    /// <summary>The type tells a maintainer more than many a message does.</summary>
    private static string Describe(Exception error)
    {
        string text = error.Message.Trim();
        return error.GetType().Name + (text.Length > 0 ? ": " + text.TrimEnd('.') : string.Empty) + ".";
    }

    private static ErrorCode Code(Exception error) => error switch
    {
        HttpRequestException or SocketException => ErrorCode.ProviderUnavailable,
        JsonException or InvalidDataException => ErrorCode.ProtocolError,
        _ => ErrorCode.Unexpected,
    };

    private static string Action(Exception error) => error switch
    {
        HttpRequestException or SocketException => "Check the network and run the command again.",
        IOException or UnauthorizedAccessException =>
            "Check that the files and folders that the command uses are there, are yours and have room, then run it again.",
        OutOfMemoryException => "Close what needs memory, or give the command fewer items at once.",
        _ => "Run the command again for this item; if it happens again, report it with $Error[0].Exception.ToString(). Get-SeedanceJob shows what was recorded.",
    };
}

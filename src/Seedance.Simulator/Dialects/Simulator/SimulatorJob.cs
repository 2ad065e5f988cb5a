using System.Text.Json.Nodes;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Dialects.Simulator;

/// <summary>A job as our own dialect spells it.</summary>
internal static class SimulatorJob
{
    public static JsonObject Of(TaskView view) => new()
    {
        ["id"] = view.Task.Id,
        ["status"] = view.Word ?? Word(view.State),
        ["progress"] = view.Progress,
        ["seed"] = view.Task.Seed,
        ["output"] = view.State == SimulatorTaskState.Succeeded ? Output(view) : null,
        ["cost"] = new JsonObject { ["amount"] = view.State is SimulatorTaskState.Failed or SimulatorTaskState.Cancelled
            ? 0
            : view.Task.Price, ["unit"] = "credits" },
        ["error"] = view.State == SimulatorTaskState.Failed ? Error(view.Task) : null,
        ["created_at"] = view.Task.AcceptedAt.ToString("o", CultureInfo.InvariantCulture),
        ["simulated"] = true,
    };

    private static string Word(SimulatorTaskState state) => state switch
    {
        SimulatorTaskState.Queued => "queued",
        SimulatorTaskState.Running => "running",
        SimulatorTaskState.Succeeded => "succeeded",
        SimulatorTaskState.Failed => "failed",
        _ => "cancelled",
    };

    private static JsonObject Output(TaskView view) => new()
    {
        ["url"] = view.Url,
        ["width"] = view.Task.Width,
        ["height"] = view.Task.Height,
        ["duration"] = view.Task.Seconds,
        ["expires_at"] = view.UrlExpiresAt?.ToString("o", CultureInfo.InvariantCulture),
    };

    private static JsonObject Error(SimulatorTask task) => task.Outcome == SimulatorTaskOutcome.ContentRefused
        ? new JsonObject { ["code"] = "content_refused",
            ["message"] = task.FailureText ?? "The prompt asks for what this host does not make." }
        : new JsonObject { ["code"] = "internal_error", ["message"] = task.FailureText ?? "The generation failed." };
}

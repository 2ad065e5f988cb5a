using System.Text.Json.Nodes;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Seedance2Ai;

/// <summary>A task as queryTask spells it; times are Unix milliseconds.</summary>
internal static class Seedance2AiTask
{
    public static JsonObject Of(TaskView view)
    {
        JsonArray output = [];
        if (view.Url is not null)
        {
            // Whether the page's width and height are those after upscaling is not said; these are before.
            output.Add(new JsonObject { ["url"] = view.Url, ["width"] = view.Task.Width, ["height"] = view.Task.Height });
        }

        return new JsonObject
        {
            ["taskId"] = view.Task.Id,
            ["model"] = view.Task.Fields["model"],
            ["status"] = view.Word ?? Word(view.State),
            ["creditsUsed"] = view.State == SimulatorTaskState.Succeeded ? view.Task.Price : 0,
            ["output"] = output,
            ["error"] = view.State == SimulatorTaskState.Failed ? Error(view.Task) : null,
            ["createTime"] = (long)UnixTime.Write(view.Task.AcceptedAt),
            ["completeTime"] = view.EndedAt is { } ended ? (long)UnixTime.Write(ended) : null,
        };
    }

    private static string Word(SimulatorTaskState state) => state switch
    {
        SimulatorTaskState.Queued => "PENDING",
        SimulatorTaskState.Running => "PROCESSING",
        SimulatorTaskState.Succeeded => "COMPLETED",
        _ => "FAILED",
    };

    private static string Error(SimulatorTask task) =>
        task.FailureText
            ?? (task.Outcome == SimulatorTaskOutcome.ContentRefused ? "The prompt violates the content policy" : "Generation failed");
}

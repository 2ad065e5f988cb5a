using Seedance.Models;

namespace Seedance.Providers.Wireflow;

/// <summary>One row that describes what a saved workflow is. It cannot be asked for: -Model names the workflow.</summary>
internal static class WireflowModels
{
    public const string Provider = "Wireflow";
    public const string Workflow = "workflow";

    public static IReadOnlyList<ModelCapability> Capabilities { get; } =
    [
        new(new SeedanceModel
        {
            Name = Workflow,
            Provider = Provider,
            WireModel = "(the id of the workflow)",
            StartsFrom = GenerationMode.TextToVideo,
            Notes = "Runs a workflow that is saved at Wireflow; its graph decides about the model, the mode and what can be set. Documented inputs are prompt "
                + "(about 2,000 characters), one reference image and the resolution (up to 2K); everything else needs the option 'aliases' or 'inputs', or the "
                + "dialect 'run', which asks the workflow for its inputs. What is not asked stays as it is saved. There are no callbacks. 10 executions a minute; "
                + "polls count as requests (10 to 200 a minute by plan, another page says 60 or 300). "
                + "An estimate is in credits. What an execution cost comes without a unit, and no document says whether it is credits or dollars; "
                + "it is given in 'Wireflow units', so that the two are never added up.",
            Source = "Wireflow Seedance 2.1 guide; https://www.wireflow.ai/docs/api",
            SourceDate = "2026-09",
        }),
    ];
}

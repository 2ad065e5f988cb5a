using System.Collections;
using System.Management.Automation;
using Seedance.Input;
using Seedance.PowerShell.Binding;

namespace Seedance.PowerShell;

/// <summary>A cmdlet that is told what to generate.</summary>
public abstract class RequestCmdlet : AccountCmdlet
{
    /// <summary>What the video shows.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [PromptText]
    public string Prompt { get; set; } = string.Empty;

    /// <summary>The first frame.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FirstFrame")]
    public string? Image { get; set; }

    /// <summary>The last frame.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? LastFrame { get; set; }

    /// <summary>Reference images, in prompt order.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [AllowNull]
    public string[]? ReferenceImage { get; set; }

    /// <summary>Reference videos, in prompt order.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [AllowNull]
    public string[]? ReferenceVideo { get; set; }

    /// <summary>Reference audio, in prompt order.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [AllowNull]
    public string[]? ReferenceAudio { get; set; }

    /// <summary>Length in seconds, or auto.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DurationSeconds", "Seconds")]
    [Seconds]
    public int? Duration { get; set; }

    /// <summary>Such as 480p, 720p or 1080p.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ResolutionCompleter))]
    public string? Resolution { get; set; }

    /// <summary>Such as 16:9.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Ratio")]
    [ArgumentCompleter(typeof(AspectRatioCompleter))]
    public string? AspectRatio { get; set; }

    /// <summary>A clip without sound.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Flag]
    public SwitchParameter NoAudio { get; set; }

    /// <summary>For a result that can be repeated.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    public long? Seed { get; set; }

    /// <summary>A still camera.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Flag]
    public SwitchParameter CameraFixed { get; set; }

    /// <summary>More bits for the same picture.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Flag]
    public SwitchParameter HighBitrate { get; set; }

    /// <summary>Upscaling after generation: 2k or 4k.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(UpscaleCompleter))]
    public string? Upscale { get; set; }

    /// <summary>A neutral model name, or the provider's own id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Where the provider reports the end of the job.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BlankIsNull]
    public Uri? CallbackUri { get; set; }

    /// <summary>Fields that only this provider has.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionTable]
    public Hashtable? Option { get; set; }

    /// <summary>A test run at providers that have one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Flag]
    public SwitchParameter Sandbox { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Services.Catalogue.WarnOfProblem(Output); // Here, so that a pipeline of many rows says it once.
    }

    /// <summary>The request in neutral terms; throws where it cannot be one.</summary>
    private protected VideoRequest Request() => new VideoInput
    {
        Prompt = Prompt,
        Model = Model,
        Image = Image,
        LastFrame = LastFrame,
        ReferenceImages = ReferenceImage,
        ReferenceVideos = ReferenceVideo,
        ReferenceAudios = ReferenceAudio,
        Duration = Duration,
        Resolution = Resolution,
        AspectRatio = AspectRatio,
        NoAudio = NoAudio.IsPresent,
        Seed = Seed,
        CameraFixed = CameraFixed.IsPresent,
        HighBitrate = HighBitrate.IsPresent,
        Upscale = Upscale,
        CallbackUri = CallbackUri,
        Sandbox = Sandbox.IsPresent,
        Options = Option is null ? null : Unwrapped.Options(Option),
    }.ToRequest(FullPath);
}

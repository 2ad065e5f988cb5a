using System.Collections;
using System.Management.Automation;
using Seedance.Input;
using Seedance.PowerShell.Binding;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Cmdlets;

/// <content>What can be given, and what it comes to.</content>
public abstract partial class RequestCmdlet
{
    /// <summary>What the video shows.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [PromptText]
    public virtual string? Prompt { get; set; }

    /// <summary>A prompt, a row of a table, or a picture.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public virtual PSObject? InputObject
    {
        get => _item;
        set
        {
            _item = value;
            Row += value is null ? 0 : 1; // Here, so that rows count whose cells the engine then refuses.
        }
    }

    /// <summary>The first frame.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FirstFrame", "FullName")]
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
    [ArgumentCompleter(typeof(DurationCompleter))]
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
    [WholeNumbers]
    public long[]? Seed { get; set; }

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

    /// <summary>Jobs whose whole request is made again; what is given counts over it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public object[]? From { get; set; }

    /// <summary>The cheapest resolution and the shortest length of the model.</summary>
    [Parameter]
    public SwitchParameter Draft { get; set; }

    /// <summary>The best resolution of the model, at the length that was asked for.</summary>
    [Parameter]
    public SwitchParameter Final { get; set; }

    /// <summary>Sends a model's name that is like a known one as it is.</summary>
    [Parameter]
    public SwitchParameter AllowUnknownModel { get; set; }

    private VideoInput Given() => new()
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
        NoAudio = Flag(nameof(NoAudio), NoAudio),
        CameraFixed = Flag(nameof(CameraFixed), CameraFixed),
        HighBitrate = Flag(nameof(HighBitrate), HighBitrate),
        Upscale = Upscale,
        CallbackUri = CallbackUri,
        Sandbox = Flag(nameof(Sandbox), Sandbox),
        Options = Option is null ? null : Unwrapped.Options(Option),
        Cleared = [.. Cleared()],
    };

    /// <summary>What the command line gives as nothing, to take it away from the job that the video is made from.</summary>
    private IEnumerable<string> Cleared()
    {
        (string Parameter, string Field, object? Value)[] all =
        [
            (nameof(Model), nameof(VideoInput.Model), CellText.Optional(Model)),
            (nameof(Image), nameof(VideoInput.Image), CellText.Optional(Image)),
            (nameof(LastFrame), nameof(VideoInput.LastFrame), CellText.Optional(LastFrame)),
            (nameof(Duration), nameof(VideoInput.Duration), Duration),
            (nameof(ReferenceImage), nameof(VideoInput.ReferenceImages), Some(ReferenceImage)),
            (nameof(ReferenceVideo), nameof(VideoInput.ReferenceVideos), Some(ReferenceVideo)),
            (nameof(ReferenceAudio), nameof(VideoInput.ReferenceAudios), Some(ReferenceAudio)),
            (nameof(Resolution), nameof(VideoInput.Resolution), CellText.Optional(Resolution)),
            (nameof(AspectRatio), nameof(VideoInput.AspectRatio), CellText.Optional(AspectRatio)),
            (nameof(Seed), nameof(VideoInput.Seed), Seed is { Length: > 0 } ? Seed : null),
            (nameof(Upscale), nameof(VideoInput.Upscale), CellText.Optional(Upscale)),
            (nameof(CallbackUri), nameof(VideoInput.CallbackUri), CallbackUri),
        ];
        return all.Where(item => item.Value is null && Binder.IsFixed(item.Parameter)).Select(item => item.Field);
    }

    private static object? Some(string[]? references) => CellText.List(references) is { Count: > 0 } some ? some : null;

    /// <summary>Null where it was not given, and another request decides.</summary>
    private bool? Flag(string name, SwitchParameter flag) => flag.IsPresent || Binder.IsFixed(name) ? flag.IsPresent : null;
}

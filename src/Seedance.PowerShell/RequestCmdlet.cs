using System.Collections;
using System.Management.Automation;
using Seedance.Input;
using Seedance.PowerShell.Binding;
using Seedance.Submitting;

namespace Seedance.PowerShell;

/// <summary>A cmdlet that is told what to generate.</summary>
public abstract class RequestCmdlet : AccountCmdlet
{
    private RowBinder? _binder;
    private PSObject? _item;
    private bool _toldOthers;

    /// <summary>What the video shows.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [PromptText]
    public string? Prompt { get; set; }

    /// <summary>A prompt, a row of a table, or a picture.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject
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

    /// <summary>Sends a model's name that is like a known one as it is.</summary>
    [Parameter]
    public SwitchParameter AllowUnknownModel { get; set; }

    /// <summary>Which object of the pipeline this is, from 1.</summary>
    private protected int Row { get; private set; }

    /// <summary>The columns of the row that are no parameters.</summary>
    private protected SheetColumns OtherColumns { get; private set; } = SheetColumns.None;

    /// <inheritdoc/>
    private protected override bool IsFromRow => base.IsFromRow || Binder.ChoseAccount;

    /// <summary>What is allowed beside the request.</summary>
    private protected RequestTerms Terms => new() { AllowUnknownModel = AllowUnknownModel.IsPresent };

    /// <summary>Columns that mean something to other commands, in letters alone and lower case.</summary>
    private protected virtual IReadOnlyCollection<string> Foreign => [];

    private RowBinder Binder => _binder ??= new RowBinder(this);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Services.Catalogue.WarnOfProblem(Output); // Here, so that a pipeline of many rows says it once.
        _ = Binder;
    }

    /// <summary>The request in neutral terms; throws where it cannot be one.</summary>
    private protected VideoRequest Request()
    {
        ReadItem();
        return Given().ToRequest(FullPath);
    }

    /// <summary>What a row gave is not the next one's.</summary>
    private protected void EndRow()
    {
        Binder.Reset();
        OtherColumns = SheetColumns.None;
    }

    private void ReadItem()
    {
        if (Unwrapped.Value(InputObject) is string text)
        {
            Prompt = Prompt is null ? text : throw Refuse("The pipeline gives text, and the prompt is on the command line already.", "Pipe prompts, or give -Prompt and pipe rows or pictures.");
        }
        else if (PipedItem.Row(InputObject) is { } row)
        {
            ReadRow(row);
        }

        if (Prompt is null)
        {
            throw Refuse(InputObject is null ? "There is no prompt." : "There is no prompt; this is " + PipedItem.Describe(InputObject) + ".", "Give text, or a row with a Prompt column, or -Prompt beside what is piped.");
        }
    }

    private void ReadRow(IReadOnlyList<KeyValuePair<string, object?>> row)
    {
        RowColumns columns = RowColumns.Read(
            Binder.Names,
            row.Where(cell => !Foreign.Contains(ColumnNames.Key(cell.Key))),
            isBound: Unwrapped.Value(InputObject) is PSObject,
            Binder.IsFixed);
        foreach (KeyValuePair<string, object?> given in columns.Given)
        {
            Binder.Give(given.Key, given.Value);
        }

        OtherColumns = columns.Others;
        if (OtherColumns.Count > 0 && !_toldOthers)
        {
            _toldOthers = true;
            WriteWarning("The columns " + string.Join(", ", OtherColumns.Keys) + " are no parameters; they are only kept with the jobs.");
        }
    }

    private SeedanceException Refuse(string text, string action) => new(ErrorCode.InvalidRequest, text)
    {
        Target = InputObject,
        RecommendedAction = "Nothing was sent or spent. " + action,
    };

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
        Seed = Seed,
        CameraFixed = Flag(nameof(CameraFixed), CameraFixed),
        HighBitrate = Flag(nameof(HighBitrate), HighBitrate),
        Upscale = Upscale,
        CallbackUri = CallbackUri,
        Sandbox = Flag(nameof(Sandbox), Sandbox),
        Options = Option is null ? null : Unwrapped.Options(Option),
    };

    /// <summary>Null where it was not given, and another request decides.</summary>
    private bool? Flag(string name, SwitchParameter flag) => flag.IsPresent || Binder.IsFixed(name) ? flag.IsPresent : null;
}

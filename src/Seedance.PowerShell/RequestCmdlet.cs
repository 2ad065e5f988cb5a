using System.Collections;
using System.Management.Automation;
using Seedance.Input;
using Seedance.Models;
using Seedance.PowerShell.Binding;
using Seedance.Submitting;

namespace Seedance.PowerShell;

/// <summary>A cmdlet that is told what to generate.</summary>
public abstract class RequestCmdlet : AccountCmdlet
{
    private static readonly string[] s_shaped = [nameof(Resolution), nameof(Duration), nameof(Upscale), nameof(HighBitrate)];
    private RowBinder? _binder;
    private PSObject? _item;
    private bool _toldOthers;

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

    /// <summary>Which object of the pipeline this is, from 1.</summary>
    private protected int Row { get; private set; }

    /// <summary>The columns of the row that are no parameters.</summary>
    private protected SheetColumns OtherColumns { get; private set; } = SheetColumns.None;

    /// <inheritdoc/>
    private protected override bool IsFromRow => base.IsFromRow || Binder.ChoseAccount;

    /// <summary>What is allowed or left to the module beside the request.</summary>
    private protected RequestTerms Terms => new()
    {
        AllowUnknownModel = AllowUnknownModel.IsPresent,
        Shape = Draft.IsPresent ? RequestShape.Draft : Final.IsPresent ? RequestShape.Final : RequestShape.AsAsked,
        Fixed = [.. s_shaped.Where(Binder.IsFixed)],
    };

    /// <summary>Columns that mean something to other commands, in letters alone and lower case.</summary>
    private protected virtual IReadOnlyCollection<string> Foreign => [];

    private RowBinder Binder => _binder ??= new RowBinder(this);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Draft.IsPresent && Final.IsPresent)
        {
            ThrowTerminatingError(ErrorRecords.From(new SeedanceException(ErrorCode.InvalidRequest, "A video is a draft or a final, and not both.") { RecommendedAction = "Use -Draft or -Final." }));
        }

        Services.Catalogue.WarnOfProblem(Output); // Here, so that a pipeline of many rows says it once.
        _ = Binder;
    }

    /// <summary>The name that the row has for its video.</summary>
    private protected virtual string? RowTag => null;

    /// <summary>What the input says beside the request itself.</summary>
    private protected abstract RequestInput Input(VideoInput given);

    /// <summary>A video came to nothing before there was a request.</summary>
    private protected virtual void OnRefused()
    {
    }

    /// <summary>Does something for each video that this input asks for. What is wrong with one is reported, and the others go on.</summary>
    private protected void ForEachVideo(Action<AskedVideo> act)
    {
        try
        {
            foreach (GivenOrigin? origin in Origins())
            {
                foreach (AskedVideo video in OrReport(() => Videos(origin)) ?? [])
                {
                    OrReport(() =>
                    {
                        act(video);
                        return true;
                    });
                }
            }
        }
        catch (Exception error) when (IsOurs(error))
        {
            Report(error);
            OnRefused();
        }
        finally
        {
            Output.Subject = null;
            Binder.Reset(); // What a row gave is not the next one's.
            OtherColumns = SheetColumns.None;
        }
    }

    private T? OrReport<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (IsOurs(error))
        {
            Report(error);
            OnRefused();
            return default;
        }
    }

    private IReadOnlyList<AskedVideo> Videos(GivenOrigin? given)
    {
        RequestInput input = Input(Given());
        RequestOrigin? origin = given is null ? null : Await(stop => new OriginFinder(Services).FindAsync(given, stop));
        IReadOnlyList<AskedVideo> videos = input.Videos(origin, Services.Catalogue, name => Services.Profiles.Find(name)?.Provider, FullPath);
        if (origin is not null)
        {
            Await(async stop =>
            {
                await OriginFinder.CheckMediaAsync(origin, videos[0].Request, stop).ConfigureAwait(false);
                return true;
            });
        }

        return videos;
    }

    /// <summary>What the videos are made from; one null where they are made from what is given alone.</summary>
    private IReadOnlyList<GivenOrigin?> Origins()
    {
        if (OriginObject.Read(InputObject) is { } piped)
        {
            Binder.Reset(); // The engine took its properties for parameters; only the command line counts over a job.
            return From is null ? [piped] : throw Refuse("-From names a job, and the pipeline gives another.", "Use one of the two.");
        }

        if (Unwrapped.Value(InputObject) is string text)
        {
            Prompt = Prompt is null ? text : throw Refuse("The pipeline gives text, and the prompt is on the command line already.", "Pipe prompts, or give -Prompt and pipe rows or pictures.");
        }
        else if (PipedItem.Row(InputObject) is { } row)
        {
            Output.Subject = new ErrorSubject(Row, InputObject);
            ReadRow(row);
            Output.Subject = Output.Subject with { Tag = CellText.Optional(RowTag) };
        }

        if ((From ?? []).Where(item => Unwrapped.Value(item) is not string id || CellText.Optional(id) is not null).ToArray() is { Length: > 0 } named)
        {
            return [.. named.Select(OriginObject.ReadNamed)];
        }

        return Prompt is not null ? [null] : throw Refuse(
            InputObject is null ? "There is no prompt." : "There is no prompt; this is " + PipedItem.Describe(InputObject) + ".",
            "Give text, or a row with a Prompt column, or -Prompt beside what is piped, or a job with -From.");
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
            WriteWarning("No parameters, and only kept with the jobs, are these columns: " + string.Join(", ", OtherColumns.Keys) + ".");
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
            (nameof(Model), nameof(VideoInput.Model), CellText.Optional(Model)), (nameof(Image), nameof(VideoInput.Image), CellText.Optional(Image)),
            (nameof(LastFrame), nameof(VideoInput.LastFrame), CellText.Optional(LastFrame)), (nameof(Duration), nameof(VideoInput.Duration), Duration),
            (nameof(ReferenceImage), nameof(VideoInput.ReferenceImages), Some(ReferenceImage)), (nameof(ReferenceVideo), nameof(VideoInput.ReferenceVideos), Some(ReferenceVideo)),
            (nameof(ReferenceAudio), nameof(VideoInput.ReferenceAudios), Some(ReferenceAudio)), (nameof(Resolution), nameof(VideoInput.Resolution), CellText.Optional(Resolution)),
            (nameof(AspectRatio), nameof(VideoInput.AspectRatio), CellText.Optional(AspectRatio)), (nameof(Seed), nameof(VideoInput.Seed), Seed is { Length: > 0 } ? Seed : null),
            (nameof(Upscale), nameof(VideoInput.Upscale), CellText.Optional(Upscale)), (nameof(CallbackUri), nameof(VideoInput.CallbackUri), CallbackUri),
        ];
        return all.Where(item => item.Value is null && Binder.IsFixed(item.Parameter)).Select(item => item.Field);
    }

    private static object? Some(string[]? references) => CellText.List(references) is { Count: > 0 } some ? some : null;

    /// <summary>Null where it was not given, and another request decides.</summary>
    private bool? Flag(string name, SwitchParameter flag) => flag.IsPresent || Binder.IsFixed(name) ? flag.IsPresent : null;
}

using System.Collections;
using System.Management.Automation;
using Seedance.Input;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Remake;
using Seedance.Models;
using Seedance.PowerShell.Binding;
using Seedance.PowerShell.Piped;

namespace Seedance.PowerShell.Cmdlets;

/// <summary>A cmdlet that is told what to generate.</summary>
public abstract partial class RequestCmdlet : AccountCmdlet
{
    private static readonly string[] s_shaped = [nameof(Resolution), nameof(Duration), nameof(Upscale), nameof(HighBitrate)];
    private RowBinder? _binder;
    private PSObject? _item;
    private bool _toldOthers;

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
    private protected override void Begin()
    {
        base.Begin();
        if (Draft.IsPresent && Final.IsPresent)
        {
            OrTerminate(() => throw new SeedanceException(ErrorCode.InvalidRequest, "A video is a draft or a final, and not both.")
            {
                RecommendedAction = "Use -Draft or -Final.",
            });
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
        IReadOnlyList<AskedVideo> videos = input.Videos(
            origin, Services.Catalogue, name => Services.Profiles.Find(name)?.Provider, FullPath);
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
            Prompt = Prompt is null ? text : throw Refuse(
                "The pipeline gives text, and the prompt is on the command line already.",
                "Pipe prompts, or give -Prompt and pipe rows or pictures.");
        }
        else if (PipedItem.Row(InputObject) is { } row)
        {
            Output.Subject = new ErrorSubject(Row, InputObject);
            ReadRow(row);
            Output.Subject = Output.Subject with { Tag = CellText.Optional(RowTag) };
        }

        object[] named = [.. (From ?? []).Where(item => Unwrapped.Value(item) is not string id || CellText.Optional(id) is not null)];
        if (named.Length > 0)
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
}

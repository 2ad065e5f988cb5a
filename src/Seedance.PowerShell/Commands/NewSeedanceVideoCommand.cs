using System;
using System.Collections;
using System.Management.Automation;
using Seedance.Accounts;
using Seedance.Input;
using Seedance.Operations;
using Seedance.PowerShell.Binding;

namespace Seedance.PowerShell.Commands;

/// <summary>Submits a video generation and writes its job.</summary>
[Cmdlet(VerbsCommon.New, "SeedanceVideo", SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceJob))]
public sealed class NewSeedanceVideoCommand : AccountCmdlet
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

    /// <summary>Length in seconds.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DurationSeconds", "Seconds")]
    [WholeNumber]
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

    /// <summary>The profile to use.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>The provider to use.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>Where the provider reports the end of the job.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BlankIsNull]
    public Uri? CallbackUri { get; set; }

    /// <summary>Fields that only this provider has.</summary>
    [Parameter]
    public Hashtable? Option { get; set; }

    /// <summary>The caller's name for the request: the same token with the same request is the same job.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ClientToken { get; set; }

    /// <summary>How long to wait for a free slot of the account.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int SlotTimeoutSec { get; set; } = 1800;

    /// <summary>A test run at providers that have one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Flag]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>Submits although an earlier submit to the account has an unknown outcome.</summary>
    [Parameter]
    public SwitchParameter ContinueUnconfirmed { get; set; }

    private protected override int ActivityId => 5001;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ChooseAccount(CellText.Optional(Profile), CellText.Optional(Provider)) is not { } account || Prepare(account) is not { } prepared)
        {
            return;
        }

        string what = prepared.DescribeWithPrompt();
        if (!ShouldProcess(what, what + "?", "Submit a paid video generation"))
        {
            foreach (string warning in prepared.Warnings)
            {
                WriteWarning(warning);
            }

            return;
        }

        SubmitOptions options = new()
        {
            ClientToken = CellText.Optional(ClientToken),
            SlotTimeout = TimeSpan.FromSeconds(SlotTimeoutSec),
            ContinueUnconfirmed = ContinueUnconfirmed.IsPresent,
        };
        RunOperation((output, stop) => new SubmitVideo(Services).RunAsync(prepared, options, output, stop));
    }

    private PreparedSubmit? Prepare(Account account)
    {
        VideoInput input = new()
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
        };
        try
        {
            return PrepareSubmit.Run(account, input.ToRequest(FullPath));
        }
        catch (SeedanceException error)
        {
            Report(error);
            return null;
        }
    }
}

namespace Seedance;

/// <summary>What went wrong; the name is the ErrorId that scripts match.</summary>
public enum ErrorCode
{
    /// <summary>No profile, no provider, and not exactly one provider key in the environment.</summary>
    ProviderNotChosen,

    /// <summary>The provider is known but no key for it was found.</summary>
    CredentialMissing,

    /// <summary>The provider refused the key.</summary>
    AuthenticationFailed,

    /// <summary>The key is right but may not do this.</summary>
    AccessDenied,

    /// <summary>The request is wrong for every model, or the provider refused it as malformed.</summary>
    InvalidRequest,

    /// <summary>The model lacks what was asked.</summary>
    UnsupportedByModel,

    /// <summary>A local file is missing, unreadable, or not what it should be; or the provider could not fetch an address.</summary>
    ReferenceUnreachable,

    /// <summary>The provider's moderation refused the prompt, a reference or the result.</summary>
    ContentRejected,

    /// <summary>The account's balance is too low.</summary>
    InsufficientCredits,

    /// <summary>The price is over the cap that was set.</summary>
    OverBudget,

    /// <summary>A cap was set and the price is unknown.</summary>
    PriceUnknown,

    /// <summary>The provider asks for fewer requests, and kept asking.</summary>
    RateLimited,

    /// <summary>No slot of the account became free in time.</summary>
    SlotTimeout,

    /// <summary>The provider could not be reached or failed on its side.</summary>
    ProviderUnavailable,

    /// <summary>The provider's answer could not be understood.</summary>
    ProtocolError,

    /// <summary>The request went out and no answer came: the job may exist and may be charged.</summary>
    SubmitUnconfirmed,

    /// <summary>No such job, here or at the provider.</summary>
    JobNotFound,

    /// <summary>The provider failed the job.</summary>
    JobFailed,

    /// <summary>The job was cancelled.</summary>
    JobCancelled,

    /// <summary>The provider let the job lapse.</summary>
    JobExpired,

    /// <summary>The caller's deadline passed; the job goes on.</summary>
    WaitTimeout,

    /// <summary>The provider says the job succeeded and names no file.</summary>
    OutputMissing,

    /// <summary>The file is no longer served.</summary>
    OutputExpired,

    /// <summary>What was downloaded is not a whole video.</summary>
    IntegrityFailed,

    /// <summary>The target file exists and <c>-Force</c> was not given.</summary>
    FileExists,

    /// <summary>A file could not be written.</summary>
    SaveFailed,

    /// <summary>The provider has no such function.</summary>
    NotSupportedByProvider,

    /// <summary>No profile of that name.</summary>
    ProfileNotFound,

    /// <summary>A profile's settings are wrong.</summary>
    InvalidProfile,

    /// <summary>No model of that name at that provider.</summary>
    ModelNotFound,

    /// <summary>The state folder could not be read or written.</summary>
    StoreFailure,

    /// <summary>The simulator could not start or is not there.</summary>
    SimulatorFailure,

    /// <summary>A sheet was worked through, and not every row has its video.</summary>
    BatchIncomplete,

    /// <summary>Something went wrong that nobody foresaw: a defect of the module, or a machine in trouble.</summary>
    Unexpected,
}

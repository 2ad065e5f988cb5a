using Seedance.TestKit;

namespace Seedance.Core.Tests.Output;

public sealed class ErrorTextTests
{
    [Fact]
    public void Fault_SaysTheAdviceInTheMessageToo_IsFoundOut()
    {
        const string Advice = "Ask for the job with Get-SeedanceJob -Refresh.";
        SeedanceException error = new(ErrorCode.OutputExpired, "The file is gone. " + Advice) { RecommendedAction = Advice };

        Assert.NotNull(ErrorText.FindFlaw(error));
        Assert.Null(ErrorText.FindFlaw(error.Copy(message: "The file is gone.")));
        Assert.NotNull(ErrorText.FindFlaw(error.Copy(message: "The file is gone.", recommendedAction: " ")));
        Assert.Throws<InvalidOperationException>(() => new RecordingOutput().Error(error));
    }

    [Fact]
    public void Copy_NamesNothing_KeepsEverything()
    {
        SeedanceException error = new(ErrorCode.RateLimited, "Slower.")
        {
            RecommendedAction = "Wait.",
            Provider = "Muapi",
            HttpStatus = 429,
            ProviderCode = "E1",
            RequestId = "r-1",
            ResponseExcerpt = "{}",
            RetryAfter = TimeSpan.FromSeconds(7),
            Job = new SeedanceJob { Id = "job" },
            Target = "a kite",
        };

        SeedanceException copy = error.Copy();

        Assert.All(
            typeof(SeedanceException).GetProperties().Where(property => property.DeclaringType == typeof(SeedanceException)),
            property =>
            {
                Assert.NotNull(property.GetValue(error));
                Assert.Equal(property.GetValue(error), property.GetValue(copy));
            });
        Assert.Equal(error.Message, copy.Message);
        Assert.Same(error, copy.InnerException);
    }
}

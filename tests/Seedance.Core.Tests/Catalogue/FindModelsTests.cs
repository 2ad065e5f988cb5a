using Seedance.Catalogue;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Catalogue;

public sealed class FindModelsTests
{
    private readonly RecordingOutput _output = new();

    [Fact]
    public void Run_ExactName_MustBeFound()
    {
        FindModels.Run(new ModelQuery { Name = "no-such-model" }, _output);

        Assert.Equal(ErrorCode.ModelNotFound, Assert.Single(_output.Errors).Code);
    }

    [Fact]
    public void Run_Pattern_MayFindNothing()
    {
        FindModels.Run(new ModelQuery { Name = "no*", Matches = _ => false }, _output);

        Assert.Empty(_output.Records);
    }

    [Fact]
    public void Run_ProviderAndMode_Filter()
    {
        FindModels.Run(new ModelQuery { Provider = "simulator", Mode = GenerationMode.Reference, Detailed = true }, _output);

        Assert.All(_output.Of("output").Cast<SeedanceModel>(),
            row => Assert.Equal(("Simulator", GenerationMode.Reference), (row.Provider, row.StartsFrom)));
        Assert.NotEmpty(_output.Records);
    }

    [Fact]
    public void Run_PartOfAName_FindsAllThatHaveIt_AndAWholeNameItselfAlone()
    {
        FindModels.Run(new ModelQuery { Name = "MINI" }, _output);
        Assert.All(_output.Of("output").Cast<SeedanceModelSummary>(),
            model => Assert.Contains("mini", model.Name, StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(_output.Of("output"));

        _output.Clear();
        FindModels.Run(new ModelQuery { Name = "seedance-2.0" }, _output);
        Assert.All(_output.Of("output").Cast<SeedanceModelSummary>(), model => Assert.Equal("seedance-2.0", model.Name));
    }

    [Fact]
    public void Run_WithoutDetails_IsOneRowForEachProviderAndName()
    {
        FindModels.Run(new ModelQuery { Provider = "muapi" }, _output);

        SeedanceModelSummary[] found = [.. _output.Of("output").Cast<SeedanceModelSummary>()];
        Assert.Equal(found.Length, found.Select(model => model.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        SeedanceModelSummary mini = Assert.Single(found, model => model.Name == "seedance-2-mini");
        Assert.Contains(nameof(GenerationMode.TextToVideo), mini.Modes);
        Assert.Equal(("480p", "USD", "second"), (mini.Resolutions[0], mini.PriceUnit, mini.PricePer));
        Assert.True(mini.PriceFrom > 0 && mini.MinDuration < mini.MaxDuration);
    }

    [Fact]
    public void Run_UnknownProvider_Throws() => Assert.Equal(
        ErrorCode.InvalidRequest,
        Assert.Throws<SeedanceException>(() => FindModels.Run(new ModelQuery { Provider = "nobody" }, _output)).Code);
}

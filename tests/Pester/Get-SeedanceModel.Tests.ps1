BeforeAll {
    . $PSScriptRoot/Session.ps1
    Reset-SeedanceState
}

Describe 'Get-SeedanceModel' {
    It 'lists every provider with the source of each row' {
        $models = Get-SeedanceModel -Detailed
        ($models.Provider | Select-Object -Unique).Count | Should -BeGreaterThan 1
        $models.Where({ -not $_.Source -or -not $_.SourceDate }).Count | Should -Be 0
    }

    It 'filters by name, wildcard, provider and mode' {
        (Get-SeedanceModel -Name seedance-sim).Provider | Select-Object -Unique | Should -Be 'Simulator'
        (Get-SeedanceModel -Name 'seedance-2*mini*').Name | Select-Object -Unique | Should -BeLike 'seedance-2*mini*'
        (Get-SeedanceModel -Provider muapi -Mode TextToVideo -Detailed).Mode | Select-Object -Unique | Should -Be 'TextToVideo'
        (Get-SeedanceModel mini -Provider muapi).Name | Should -Contain 'seedance-2-mini'
    }

    It 'writes nothing for a pattern that fits none and an error for a name' {
        Get-SeedanceModel -Name 'nothing*' | Should -BeNullOrEmpty
        (Invoke-Collected { Get-SeedanceModel -Name nothing }).Errors.FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
    }

    It 'names the providers when one is unknown' {
        (Invoke-Collected { Get-SeedanceModel -Provider Nobody }).Terminated.ErrorDetails.RecommendedAction | Should -Match 'Muapi.*Simulator'
    }

    It 'shows and uses the models of the user''s own file' {
        $null = New-Item -ItemType Directory -Path $env:SEEDANCE_HOME -Force
        $file = Join-Path -Path $env:SEEDANCE_HOME -ChildPath models.json
        Set-Content -Path $file -Value @'
{ "version": 1, "models": [ { "provider": "Simulator", "name": "seedance-mine", "wireModel": "mine-t2v", "mode": "TextToVideo",
  "durations": [4], "defaultDuration": 4, "price": { "unit": "credits", "perSecond": 2.5 } } ] }
'@
        (Get-SeedanceModel -Name seedance-mine -Detailed).Source | Should -Be 'your models.json'
        (Measure-SeedanceVideo -Prompt 'a kite' -Provider Simulator -Model seedance-mine -Offline).Cost | Should -Be 10
        $line = 'New-SeedanceVideo -Provider Simulator -Model seedance-m'
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Contain 'seedance-mine'
    }

    It 'warns once of a damaged file and goes on with the models that are built in' {
        $null = New-Item -ItemType Directory -Path $env:SEEDANCE_HOME -Force
        $file = Join-Path -Path $env:SEEDANCE_HOME -ChildPath models.json
        Set-Content -Path $file -Value '{ "version": 1, "models": [ { "name": "x" } ] }'
        $models = Get-SeedanceModel -WarningVariable warnings -WarningAction SilentlyContinue
        $models.Count | Should -BeGreaterThan 20
        $warnings.Count | Should -Be 1
        "$warnings" | Should -BeLike "*$file*row 1*field provider is missing*"
        $jobs = 1..3 | ForEach-Object { "kite $_" } | New-SeedanceVideo -Provider Simulator -WarningVariable warnings -WarningAction SilentlyContinue
        $jobs.Count | Should -Be 3
        $warnings.Count | Should -Be 1
    }
}

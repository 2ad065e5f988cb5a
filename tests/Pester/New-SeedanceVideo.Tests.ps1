BeforeAll {
    . $PSScriptRoot/Session.ps1
    $picture = Join-Path -Path $TestDrive -ChildPath 'picture.png'
    [System.IO.File]::WriteAllBytes($picture, [byte[]](0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A) + [byte[]]::new(64))
}

Describe 'New-SeedanceVideo' {
    BeforeEach { Reset-SeedanceState }

    It 'writes a job at once and never waits' {
        $job = New-SeedanceVideo -Prompt 'a red fox' -Provider Simulator -Model seedance-sim -Duration 5
        $job | Should -BeOfType ([Seedance.SeedanceJob])
        $job.ProviderJobId | Should -Not -BeNullOrEmpty
        $job.IsSimulated | Should -BeTrue
        $job.EstimatedCost.Amount | Should -BeGreaterThan 0
        (Get-SeedanceJob -Id $job.Id).Prompt | Should -Be 'a red fox'
    }

    It 'writes one job per prompt' {
        $jobs = 'a fox', 'a hare', 'an owl' | New-SeedanceVideo -Provider Simulator -Model seedance-sim
        $jobs.Prompt | Should -Be @('a fox', 'a hare', 'an owl')
    }

    It 'stops cleanly behind Select-Object -First 1' {
        $jobs = @('a fox', 'a hare', 'an owl' | New-SeedanceVideo -Provider Simulator -Model seedance-sim | Select-Object -First 1)
        $jobs.Count | Should -Be 1
        @(Get-SeedanceJob).Count | Should -Be 1
    }

    It 'keeps Chinese and emoji prompts' {
        $prompt = [char]::ConvertFromUtf32(0x4E00) + [char]::ConvertFromUtf32(0x72D0) + ' ' + [char]::ConvertFromUtf32(0x1F98A)
        (New-SeedanceVideo -Prompt $prompt -Provider Simulator -Model seedance-sim).Prompt | Should -BeExactly $prompt
    }

    It 'binds a CSV, reading blank cells as not given' {
        $csv = Join-Path -Path $TestDrive -ChildPath 'prompts.csv'
        Set-Content -Path $csv -Value @(
            'Prompt,Duration,Seed,Resolution,AspectRatio,NoAudio,CameraFixed,Image,ReferenceImage,CallbackUri,Upscale,ClientToken,Profile,Sandbox'
            'a fox,,,,,,,,,,,,,'
            "a hare,7,42,480p,9:16,True,False,,,,,,,no"
            "an owl,6,,,,,,,$picture;https://example.com/b.png,,,,,"
        )
        $jobs = Import-Csv -Path $csv | New-SeedanceVideo -Provider Simulator -Model seedance-sim
        $jobs.Count | Should -Be 3
        $jobs[0].Request.Seed | Should -BeNullOrEmpty
        $jobs[0].Request.DurationSeconds | Should -Be 5
        $jobs[1].Request.DurationSeconds | Should -Be 7
        $jobs[1].Seed | Should -Be 42
        $jobs[1].Request.GenerateAudio | Should -BeFalse
        $jobs[1].Request.CameraFixed | Should -BeNullOrEmpty
        $jobs[2].Request.ReferenceImages | Should -Be @($picture, 'https://example.com/b.png')
        $jobs[2].Mode | Should -Be 'Reference'
    }

    It 'resolves local paths against the current location and leaves addresses alone' {
        Push-Location -Path $TestDrive
        try {
            $job = New-SeedanceVideo -Prompt 'a fox' -Image ./picture.png -LastFrame 'https://example.com/last.png' -Provider Simulator -Model seedance-sim
        }
        finally { Pop-Location }
        $job.Request.Image | Should -Be $picture
        $job.Request.LastFrame | Should -Be 'https://example.com/last.png'
        $job.Mode | Should -Be 'FirstLastFrame'
    }

    It 'passes options on without the engine wrapping' {
        $option = @{ style = (Get-Item -Path $TestDrive).Name; nested = [pscustomobject]@{ a = 1, 2; b = @{ c = $true } } }
        $DebugPreference = 'Continue'
        $sent = Invoke-Collected { New-SeedanceVideo -Prompt 'a fox' -Provider Simulator -Model seedance-sim -Option $option 5>&1 }
        ($sent.Output.Where({ $_ -is [System.Management.Automation.DebugRecord] }).Message -join ' ') | Should -Match '"nested":\{"a":\[1,2\],"b":\{"c":true\}\}'
    }

    It 'binds options from a row, also as JSON makes them' {
        $rows = '[{"Prompt":"a","Option":{"watermark":true}},{"Prompt":"b","Option":null},{"Prompt":"c"}]' | ConvertFrom-Json
        $null = Start-SeedanceSimulator -SetEnvironment
        $jobs = $rows | New-SeedanceVideo -Provider BytePlus -Model seedance-2.0 -Resolution 480p
        $jobs[0].Request.Options['watermark'] | Should -BeTrue
        $jobs | ForEach-Object { $_.Request.Options.Count } | Should -Be @(1, 0, 0)
    }

    It 'gives the same job for the same client token and refuses it for another request' {
        $first = New-SeedanceVideo -Prompt 'a fox' -Provider Simulator -Model seedance-sim -ClientToken t1
        (New-SeedanceVideo -Prompt 'a fox' -Provider Simulator -Model seedance-sim -ClientToken t1).Id | Should -Be $first.Id
        $other = Invoke-Collected { New-SeedanceVideo -Prompt 'a hare' -Provider Simulator -Model seedance-sim -ClientToken t1 }
        $other.Output.Count | Should -Be 0
        $other.Errors.Count | Should -Be 1
    }
}

Describe 'New-SeedanceVideo and what a pipeline gives' {
    BeforeEach { Reset-SeedanceState }

    It 'binds columns that are spelled otherwise, and each row by itself' {
        $rows = @(
            '"prompt"," Duration","Resolution ","aspect_ratio","No Audio"'
            '"A kite","4","480p","9:16","true"'
            '"B kite","","","",""'
        ) | ConvertFrom-Csv
        $jobs = $rows | New-SeedanceVideo -Provider Simulator -Model seedance-sim -WarningVariable told
        $jobs[0].Request.DurationSeconds | Should -Be 4
        $jobs[0].Request.Resolution | Should -Be '480p'
        $jobs[0].Request.AspectRatio | Should -Be '9:16'
        $jobs[0].Request.GenerateAudio | Should -BeFalse
        $jobs[1].Request.DurationSeconds | Should -Be 5
        $jobs[1].Request.GenerateAudio | Should -BeTrue
        $jobs.Row | Should -Be @(1, 2)
        $told | Should -BeNullOrEmpty
        $rows[0].PSObject.Properties.Name | Should -Not -Contain 'Duration'
    }

    It 'refuses a misspelt column before anything is sent, and goes on with the other rows' {
        $rows = 'Prompt,Lenght,Resolution', 'A kite,4,480p', 'B kite,,480p' | ConvertFrom-Csv
        $result = Invoke-Collected { $rows | New-SeedanceVideo -Provider Simulator -Model seedance-sim }
        $result.Errors.Count | Should -Be 1
        $result.Errors[0] | Get-ErrorCode | Should -Be 'InvalidRequest'
        $result.Errors[0].ErrorDetails.Message | Should -Match "^Row 1: .*'Lenght'.*Duration"
        $result.Errors[0].TargetObject.Lenght | Should -Be 4
        $result.Output.Prompt | Should -Be 'B kite'
    }

    It 'names the row and its tag in what a provider or the catalogue refuses, and gives the row' {
        $rows = 'Prompt,Tag,Resolution', 'A kite,shot-01,480p', 'B kite,shot-02,9k' | ConvertFrom-Csv
        $result = Invoke-Collected { $rows | New-SeedanceVideo -Provider Simulator -Model seedance-sim }
        $result.Errors[0].ErrorDetails.Message | Should -Match '^Row 2 \(shot-02\): .*9k'
        $result.Errors[0].TargetObject.Prompt | Should -Be 'B kite'
    }

    It 'tells of other columns once and keeps them with the job and beside its file' {
        $null = Start-QuickSimulator
        $rows = 'Prompt,Tag,Client,Note', 'A kite,shot-01,Acme,one', 'B kite,shot-02,Acme,' | ConvertFrom-Csv
        $jobs = $rows | New-SeedanceVideo -Provider Simulator -Model seedance-sim -WarningVariable told -WarningAction SilentlyContinue
        @($told).Count | Should -Be 1
        $told[0].Message | Should -Match 'Client, Note'
        $jobs[0].Columns['note'] | Should -Be 'one'
        $jobs[1].Columns.Count | Should -Be 1
        $saved = $jobs | Wait-SeedanceJob | Save-SeedanceVideo -Destination $TestDrive -Name '{column:Client}-{tag}-{row}'
        ($saved | Sort-Object -Property Row).ForEach({ Split-Path -Path $_.Outputs[0].Path -Leaf }) | Should -Be @('Acme-shot-01-1.mp4', 'Acme-shot-02-2.mp4')
        (Get-Content -Raw -Path ($saved[0].Outputs[0].Path + '.json') | ConvertFrom-Json).columns.Client | Should -Be 'Acme'
        (Import-Clixml -Path $(Export-Clixml -InputObject $saved[0] -Path "$TestDrive/job.xml"; "$TestDrive/job.xml") | Get-SeedanceJob).Columns['Client'] | Should -Be 'Acme'
    }

    It 'takes files as pictures when the prompt is given, and says so when it is not' {
        $jobs = Get-ChildItem -Path $picture | New-SeedanceVideo 'slow orbit' -Provider Simulator -Model seedance-sim
        $jobs.Request.Image | Should -Be $picture
        $jobs.Mode | Should -Be 'ImageToVideo'
        $result = Invoke-Collected { Get-ChildItem -Path $picture | New-SeedanceVideo -Provider Simulator -Model seedance-sim }
        $result.Errors[0].ErrorDetails.Message | Should -Match 'this is a file'
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -Match '-Prompt'
    }

    It 'takes lines of a file for prompts and not for pictures' {
        $list = Join-Path -Path $TestDrive -ChildPath 'lines.txt'
        Set-Content -Path $list -Value 'a fox', 'a hare'
        $jobs = Get-Content -Path $list | New-SeedanceVideo -Provider Simulator -Model seedance-sim
        $jobs.Prompt | Should -Be @('a fox', 'a hare')
        $jobs.Mode | Should -Be @('TextToVideo', 'TextToVideo')
    }

    It 'takes hashtables as rows' {
        $job = @{ Prompt = 'a fox'; Duration = 4; Profile = ''; Client = 'Acme' } | New-SeedanceVideo -Provider Simulator -Model seedance-sim -WarningAction SilentlyContinue
        $job.Request.DurationSeconds | Should -Be 4
        $job.Columns['Client'] | Should -Be 'Acme'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a prompt read in the wrong encoding'; Item = 'Ein Drachen ' + [char]0xFFFD + 'ber Klippen' }
        @{ Name = 'a number'; Item = 5 }
        @{ Name = 'a row without a prompt'; Item = [pscustomobject]@{ Title = 'a fox' } }
        @{ Name = 'an unknown provider in a column that is spelled otherwise'; Item = [pscustomobject]@{ Prompt = 'a fox'; 'Provider ' = 'Nobody' } }
    ) {
        $result = Invoke-Collected { $Item, 'good' | New-SeedanceVideo -Provider Simulator -Model seedance-sim }
        if ($Name -like 'an unknown provider*') { $result = Invoke-Collected { $Item, [pscustomobject]@{ Prompt = 'good'; Provider = 'Simulator' } | New-SeedanceVideo -Model seedance-sim } }
        $result.Terminated | Should -BeNullOrEmpty
        $result.Errors.Count | Should -Be 1
        $result.Errors[0] | Get-ErrorCode | Should -Be 'InvalidRequest'
        $result.Output.Prompt | Should -Be 'good'
    }

    It 'asks whether a model that is like a known one was meant' {
        $result = Invoke-Collected { New-SeedanceVideo 'a fox' -Provider Simulator -Model seedance-sin }
        $result.Errors[0] | Get-ErrorCode | Should -Be 'ModelNotFound'
        $result.Errors[0].ErrorDetails.Message | Should -Match 'did you mean seedance-sim'
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -Match '-AllowUnknownModel'
    }
}

Describe 'New-SeedanceVideo -WhatIf' {
    BeforeEach { Reset-SeedanceState }

    It 'prints the price, sends nothing and writes nothing' {
        $simulator = Start-SeedanceSimulator -SetEnvironment
        $text = Invoke-NewProcess @"
`$null = New-SeedanceVideo -Prompt 'a red fox' -Image '$picture' -Provider Muapi -Model seedance-2-mini -Resolution 480p -Duration 5 -WhatIf
"@
        ($text -join ' ') | Should -Match 'What if: .*5 s 480p .* at Muapi via 127\.0\.0\.1:\d+ \(about [\d.]+ USD\): a red fox'
        $counts = Stop-SeedanceSimulator -Port $simulator.Port -PassThru
        $counts.Accepted + $counts.Refused | Should -Be 0
        Test-Path -Path $env:SEEDANCE_HOME | Should -BeFalse
    }
}

Describe 'Bad input to New-SeedanceVideo' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
    }

    It 'refuses <Name> with <Code>, sends nothing for it, and goes on with the others' -ForEach @(
        @{ Name = 'a duration that the model lacks'; Code = 'UnsupportedByModel'; Row = @{ Duration = 99 } }
        @{ Name = 'a negative duration'; Code = 'InvalidRequest'; Row = @{ Duration = -5 } }
        @{ Name = 'a ratio that the model lacks'; Code = 'UnsupportedByModel'; Row = @{ AspectRatio = '7:5' } }
        @{ Name = 'a resolution that the model lacks'; Code = 'UnsupportedByModel'; Row = @{ Resolution = '9k' } }
        @{ Name = 'too many references'; Code = 'UnsupportedByModel'; Row = @{ ReferenceImage = (1..40 | ForEach-Object { "https://example.com/$_.png" }) } }
        @{ Name = 'frames with references'; Code = 'InvalidRequest'; Row = @{ Image = 'https://example.com/a.png'; ReferenceImage = 'https://example.com/b.png' } }
        @{ Name = 'a missing file'; Code = 'ReferenceUnreachable'; Row = @{ Image = '/no/such/file.png' } }
        @{ Name = 'a file that is no picture'; Code = 'ReferenceUnreachable'; Row = @{ Image = $PSCommandPath } }
        @{ Name = 'a file on another provider'; Code = 'ReferenceUnreachable'; Row = @{ Image = 'Env:/PATH' } }
        @{ Name = 'a prompt of 20,001 characters'; Code = 'UnsupportedByModel'; Row = @{ Prompt = 'x' * 20001 } }
        @{ Name = 'an empty prompt'; Code = 'InvalidRequest'; Row = @{ Prompt = '' } }
        @{ Name = 'a blank prompt'; Code = 'InvalidRequest'; Row = @{ Prompt = '   ' } }
        @{ Name = 'a model of another provider'; Code = 'ModelNotFound'; Row = @{ Model = 'seedance-sim' } }
        @{ Name = 'an unknown profile in a row'; Code = 'ProfileNotFound'; Row = @{ Profile = 'nobody' } }
        @{ Name = 'an unknown provider in a row'; Code = 'InvalidRequest'; Row = @{ Provider = 'Nobody' } }
        @{ Name = 'a plain http callback'; Code = 'InvalidRequest'; Row = @{ CallbackUri = 'http://example.com/' } }
        @{ Name = 'half a second'; Code = 'ParameterArgumentTransformationError'; Row = @{ Duration = '5.5' } }
        @{ Name = 'a switch that is neither on nor off'; Code = 'ParameterArgumentTransformationError'; Row = @{ NoAudio = 'perhaps' } }
        @{ Name = 'a row without a prompt'; Code = 'InvalidRequest'; Row = @{ Prompt = $null } }
    ) {
        $bad = @{ Prompt = 'bad'; Provider = 'Muapi'; Model = 'seedance-2-mini'; Resolution = '480p' } + @{}
        foreach ($key in $Row.Keys) { $bad[$key] = $Row[$key] }
        if ($null -eq $bad.Prompt) { $bad.Remove('Prompt') }
        $good = @{ Prompt = 'good'; Provider = 'Muapi'; Model = 'seedance-2-mini'; Resolution = '480p' }
        $result = Invoke-Collected { [pscustomobject]$bad, [pscustomobject]$good | New-SeedanceVideo }
        $result.Terminated | Should -BeNullOrEmpty
        $result.Errors.Count | Should -Be 1
        ($result.Errors[0].FullyQualifiedErrorId -split ',')[0] | Should -Be $Code
        $result.Errors[0].CategoryInfo.Category | Should -Not -Be 'NotSpecified'
        $result.Output.Prompt | Should -Be 'good'
        $counts = Stop-SeedanceSimulator -Port $simulator.Port -PassThru
        $counts.Accepted | Should -Be 1
        $counts.Refused | Should -Be 0
    }
}

Describe 'New-SeedanceVideo without an account' {
    BeforeEach { Reset-SeedanceState }

    It 'ends with ProviderNotChosen when nothing names a provider' {
        $result = Invoke-Collected { 'a', 'b' | New-SeedanceVideo -Model seedance-sim }
        $result.Terminated.FullyQualifiedErrorId | Should -BeLike 'ProviderNotChosen,*'
        $result.Terminated.ErrorDetails.RecommendedAction | Should -Match '-Provider Simulator'
    }

    It 'ends with CredentialMissing when the key variable is not set' {
        $result = Invoke-Collected { New-SeedanceVideo -Prompt a -Provider Muapi -Model seedance-2-mini }
        $result.Terminated.FullyQualifiedErrorId | Should -BeLike 'CredentialMissing,*'
        $result.Terminated.Exception.Message | Should -Match 'MUAPI_API_KEY'
    }

    It 'ends with ProfileNotFound when -Profile names none' {
        (Invoke-Collected { New-SeedanceVideo -Prompt a -Profile nobody }).Terminated.FullyQualifiedErrorId | Should -BeLike 'ProfileNotFound,*'
    }

    It 'ends with InvalidProfile when the address is plain http elsewhere' {
        $env:MUAPI_API_KEY = 'key-for-tests'
        $env:SEEDANCE_MUAPI_URL = 'http://example.com/'
        (Invoke-Collected { New-SeedanceVideo -Prompt a -Provider Muapi -Model seedance-2-mini }).Terminated.FullyQualifiedErrorId | Should -BeLike 'InvalidProfile,*'
    }

    It 'says that there is no vault when the profile needs one' {
        Set-SeedanceProfile -Name vaulted -Provider Muapi -Vault Nightly -SecretName muapi
        $result = Invoke-Collected { New-SeedanceVideo -Prompt a -Profile vaulted -Model seedance-2-mini }
        $result.Terminated.FullyQualifiedErrorId | Should -BeLike 'CredentialMissing,*'
        $result.Terminated.Exception.Message | Should -Match 'Get-Secret'
    }

    It 'reads the key from a vault, for waiting too' {
        function global:Get-Secret { param($Name, $Vault, [switch]$AsPlainText) if ($AsPlainText) { "from-$Vault-$Name" } }
        try {
            $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
            Remove-Item -Path Env:MUAPI_API_KEY
            Set-SeedanceProfile -Name vaulted -Provider Muapi -Vault Nightly -SecretName muapi
            $job = New-SeedanceVideo -Prompt a -Profile vaulted -Model seedance-2-mini -Resolution 480p
            (Get-SeedanceJob -Refresh).Id | Should -Be $job.Id
            { $job | Wait-SeedanceJob -TimeoutSec 1 -ErrorAction SilentlyContinue } | Should -Not -Throw
        }
        finally { Remove-Item -Path Function:Get-Secret }
    }

    It 'reports a refused key as AuthenticationFailed per item' {
        $listener = Start-SeedanceSimulator -SetEnvironment -Fault 'submit:* status 401'
        $result = Invoke-Collected { 'a', 'b' | New-SeedanceVideo -Provider Muapi -Model seedance-2-mini -Resolution 480p }
        $result.Errors.Count | Should -Be 2
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
        (Stop-SeedanceSimulator -Port $listener.Port -PassThru).Accepted | Should -Be 0
    }

    It 'reports an empty account as InsufficientCredits per item' {
        $null = Start-SeedanceSimulator -SetEnvironment -Fault 'submit:* status 402'
        $result = Invoke-Collected { New-SeedanceVideo -Prompt a -Provider Muapi -Model seedance-2-mini -Resolution 480p }
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'InsufficientCredits,*'
        $result.Errors[0].CategoryInfo.Category | Should -Be 'QuotaExceeded'
    }

    It 'reports a state folder that cannot be written, and sends nothing' -Tag SQLite {
        $simulator = Start-SeedanceSimulator -SetEnvironment
        $file = Join-Path -Path $TestDrive -ChildPath 'a-file'
        Set-Content -Path $file -Value x
        $env:SEEDANCE_HOME = Join-Path -Path $file -ChildPath 'below'
        $result = Invoke-Collected { New-SeedanceVideo -Prompt a -Provider Muapi -Model seedance-2-mini -Resolution 480p }
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'StoreFailure,*'
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 0
    }
}

Describe 'An unconfirmed submit' {
    BeforeEach { Reset-SeedanceState }

    It 'is never repeated, is kept, and holds the others back' {
        $simulator = Start-SeedanceSimulator -SetEnvironment -Fault 'submit:1 reset-after-accept'
        $result = Invoke-Collected { 'a', 'b' | New-SeedanceVideo -Provider Muapi -Model seedance-2-mini -Resolution 480p }
        $result.Output.Count | Should -Be 0
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'SubmitUnconfirmed,*'
        $result.Errors[0].TargetObject.Status | Should -Be 'Unconfirmed'
        @(Get-SeedanceJob -Status Unconfirmed).Count | Should -Be 1
        $counts = Stop-SeedanceSimulator -Port $simulator.Port -PassThru
        $counts.Accepted | Should -Be 1
        $counts.FaultsFired['ResetAfterAccept'] | Should -Be 1
    }
}

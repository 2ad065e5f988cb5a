BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'ConvertFrom-SeedanceCallback' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        $job = New-SeedanceVideo 'a fox' -Provider Muapi -Model seedance-2-mini -Resolution 480p
        $fields = @{ id = $job.ProviderJobId; status = 'completed'; outputs = @('https://evil.example/other.mp4') }
        $text = $fields | ConvertTo-Json
    }

    It 'reads <Name>, and believes nothing in it but the id' -ForEach @(
        @{ Name = 'text'; Make = { $text } }
        @{ Name = 'lines of text'; Make = { , ($text -split '\r?\n') } }
        @{ Name = 'bytes'; Make = { , [System.Text.Encoding]::UTF8.GetBytes($text) } }
        @{ Name = 'bytes with a mark at their start'; Make = { , ([byte[]](0xEF, 0xBB, 0xBF) + [System.Text.Encoding]::UTF8.GetBytes($text)) } }
        @{ Name = 'a hashtable'; Make = { $fields } }
        @{ Name = 'an object of ConvertFrom-Json'; Make = { $text | ConvertFrom-Json } }
        @{ Name = 'an object with a date'; Make = { ($fields + @{ completed_at = '2026-03-01T12:00:00Z' }) | ConvertTo-Json | ConvertFrom-Json } }
        @{ Name = 'the WebhookData of an Azure runbook'; Make = { [pscustomobject]@{ WebhookName = 'done'; RequestHeader = [pscustomobject]@{ 'Content-Type' = 'application/json' }; RequestBody = $text } } }
        @{ Name = 'the WebhookData of a PowerShell 7 runbook, which is JSON text'; Make = { @{ WebhookName = 'done'; RequestHeader = @{ 'Content-Type' = 'application/json' }; RequestBody = $text } | ConvertTo-Json } }
    ) {
        $body = & $Make
        $found = ConvertFrom-SeedanceCallback -Body $body
        $found.Id | Should -Be $job.Id
        $found.LastCheckedAt | Should -Not -BeNullOrEmpty -Because 'the provider was asked'
        ($found | Wait-ByRefresh).Outputs[0].Url.Host | Should -Be '127.0.0.1'
    }

    It 'takes bodies from the pipeline' {
        ($text | ConvertFrom-SeedanceCallback -Provider Muapi).Id | Should -Be $job.Id
    }

    It 'finds no job for a forged id, and changes nothing' {
        $result = Invoke-Collected { ConvertFrom-SeedanceCallback -Body @{ id = 'forged'; status = 'completed' } }
        $result.Output.Count | Should -Be 0
        $result.Errors | Get-ErrorCode | Should -Be 'JobNotFound'
        @(Get-SeedanceJob).Count | Should -Be 1
    }

    It 'refuses <Name>, and goes on with the others' -ForEach @(
        @{ Name = 'what is no JSON'; Bad = '<html>' }
        @{ Name = 'what is no callback'; Bad = '{"hello":"world"}' }
        @{ Name = 'what is no body'; Bad = 42 }
    ) {
        $result = Invoke-Collected { $Bad, $text | ConvertFrom-SeedanceCallback }
        $result.Errors | Get-ErrorCode | Should -Be 'InvalidRequest'
        $result.Output.Id | Should -Be $job.Id
    }

    It 'costs no request when the callback comes again' {
        $null = $job | Wait-ByRefresh
        Stop-SeedanceSimulator -Port $simulator.Port
        (ConvertFrom-SeedanceCallback -Body $text).Status | Should -Be 'Succeeded'
    }

    It 'checks the signature where a secret is given' {
        $signed = New-SeedanceVideo 'a hare' -Provider Replicate -Model seedance-2.0
        $body = @{ id = $signed.ProviderJobId; status = 'succeeded'; input = @{ prompt = 'a hare' } } | ConvertTo-Json -Compress
        $key = [byte[]](1..24)
        $secret = [System.Net.NetworkCredential]::new('', 'whsec_' + [Convert]::ToBase64String($key)).SecurePassword
        $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
        $hmac = [System.Security.Cryptography.HMACSHA256]::new($key)
        $signature = 'v1,' + [Convert]::ToBase64String($hmac.ComputeHash([System.Text.Encoding]::UTF8.GetBytes("msg_1.$now.$body")))
        $header = @{ 'webhook-id' = 'msg_1'; 'webhook-timestamp' = "$now"; 'webhook-signature' = $signature }
        ($body | ConvertFrom-SeedanceCallback -Header $header -Secret $secret).Id | Should -Be $signed.Id
        $collection = [System.Net.WebHeaderCollection]::new()
        $header.GetEnumerator() | ForEach-Object { $collection.Add($_.Key, $_.Value) }
        ($body | ConvertFrom-SeedanceCallback -Header $collection -Secret $secret).Id | Should -Be $signed.Id
        ([pscustomobject]@{ RequestHeader = $header; RequestBody = $body } | ConvertFrom-SeedanceCallback -Secret $secret).Id | Should -Be $signed.Id
        $forged = Invoke-Collected { $body.Replace('hare', 'lynx') | ConvertFrom-SeedanceCallback -Header $header -Secret $secret }
        $forged.Output.Count | Should -Be 0
        $forged.Errors | Get-ErrorCode | Should -Be 'InvalidRequest'
    }
}

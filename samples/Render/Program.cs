using PixelMend.Samples;

// dotnet run --project samples/Render -c Release [FOLDER]: renders every sample anew, by default into samples/ of the current folder.
string folder = args.Length > 0 ? args[0] : "samples";
Directory.CreateDirectory(folder);
foreach (Sample sample in SampleSet.All)
{
    sample.Write(folder);
    Console.WriteLine($"{sample.FileName}: {sample.Summary}");
}

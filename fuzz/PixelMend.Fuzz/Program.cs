using PixelMend.Fuzz;
using SharpFuzz;

// Driven by fuzz/run:
//   list                           the targets
//   corpus TARGET FOLDER           writes the inputs to start from
//   afl TARGET                     runs under afl-fuzz
//   managed TARGET SECONDS FOLDER  runs by itself, findings go to the folder
//   once TARGET FILE               shows what one input does
// Instrumented code writes down its branches from its first step: the place for it comes before everything.
var coverage = new Coverage();
FuzzTarget[] targets = [.. FrameTargets.All, .. MapTargets.All];
switch (args)
{
    case ["list"]:
        Array.ForEach(targets, target => Console.WriteLine(target.Name));
        return 0;
    case ["corpus", var name, var folder]:
        Directory.CreateDirectory(folder);
        foreach ((int number, byte[] seed) in Named(name).Seeds().Index())
        {
            File.WriteAllBytes(Path.Combine(folder, $"{number:000}"), seed);
        }

        return 0;
    case ["afl", var name]:
        FuzzTarget target = Named(name);
        // In a process of its own, so that one that hangs is a finding and not the end.
        Fuzzer.OutOfProcess.Run(input => Bounds.Run(target, ReadAll(input)));
        return 0;
    case ["managed", var name, var seconds, var folder]:
        return new ManagedLoop(Named(name), coverage, folder).Run(TimeSpan.FromSeconds(int.Parse(seconds)), Environment.TickCount) == 0
            ? 0
            : 1;
    case ["once", var name, var file]:
        Console.WriteLine(Bounds.RunTimed(Named(name), File.ReadAllBytes(file)) ? "read" : "refused");
        return 0;
    default:
        Console.Error.WriteLine("see fuzz/run --help");
        return 2;
}

FuzzTarget Named(string name) =>
    Array.Find(targets, t => t.Name == name)
    ?? throw new ArgumentException($"no target is '{name}': {string.Join(", ", targets.Select(t => t.Name))}");

static byte[] ReadAll(Stream input)
{
    using var copy = new MemoryStream();
    input.CopyTo(copy);
    return copy.ToArray();
}

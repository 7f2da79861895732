namespace Elbo.Studio;

/// <summary>A world ready to be laid out: pictures as addresses and strings, made on the thread that computes.</summary>
internal sealed record WorldView(ShelfModel Model, PlaneFrame Frame, string Plane, int Codes, string Samples)
{
    public static WorldView Of(World world)
    {
        var frame = PlaneFrame.Around(world.Codes);
        return new WorldView(
            world.Model, frame, PlanePicture.Draw(frame, world.Codes), world.Codes.Count, PictureAddress.Of(world.Samples, columns: 6, scale: 2));
    }
}

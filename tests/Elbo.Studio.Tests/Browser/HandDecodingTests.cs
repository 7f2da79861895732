using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TorchSharp;
using static Microsoft.Playwright.Assertions;
using static TorchSharp.torch;

namespace Elbo.Studio.Tests;

/// <summary>The pictures that the browser decodes while a control is dragged, and the events that the server then gets.</summary>
public class HandDecodingTests(StudioOfOwnRuns studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<StudioOfOwnRuns>
{
    private const int Moves = 20;

    // What a circuit sends for an event of the page.
    private const string EventMessage = "DispatchEventAsync";

    // Moves the first sliders in one task of the page, in which no message can arrive, and reads what is drawn after each move.
    private const string MoveSliders =
        """
        moves => {
            const sliders = [...document.querySelectorAll('.sliders input[type=range]')];
            const canvas = document.querySelector('.slider-picture canvas');
            return JSON.stringify(Array.from({ length: moves }, (_, move) => {
                const slider = sliders[move % sliders.length];
                slider.value = Math.round(50 * Math.sin(1 + move)) / 20;
                slider.dispatchEvent(new Event('input', { bubbles: true }));
                const code = Array(1 + Math.max(...sliders.map(each => each.dataset.dimension))).fill(0);
                for (const each of sliders)
                    code[each.dataset.dimension] = Number(each.value);
                const output = slider.parentElement.querySelector('output').textContent;
                const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                const pixels = canvas.hidden ? [] : [...data].filter((_, index) => index % 4 === 0);
                return { code, pixels, value: Number(slider.value), output: Number(output) };
            }));
        }
        """;

    private readonly OwnRuns _runs = studio.Own;
    private readonly ConcurrentQueue<string> _sent = [];

    // A frame may have several messages.
    private int Told => _sent.Sum(message => Regex.Count(message, EventMessage));

    private ILocator Sliders => Page.Locator(".sliders input[type=range]");

    private ILocator Canvas => Page.Locator(".slider-picture canvas");

    private ILocator Picture => Page.Locator("img.slider-image");

    private sealed record Move(double[] Code, int[] Pixels, double Value, double Output);

    [Theory]
    [InlineData("", "")]
    [InlineData("kl-0.1", "")]
    [InlineData("label-mean", "&label=4")]
    [InlineData("label-standard-hidden", "&label=4")]
    [InlineData("visible-top-half", "&picture=3")]
    [InlineData("plain", "")]
    [InlineData("labels", "&label=2")]
    [InlineData("attributes", "&attributes=0.75,6")]
    [InlineData("region", "&picture=2")]
    [InlineData("joined", "&label=1")]
    public async Task A_slider_changes_the_picture_in_the_browser_as_the_library_decodes_it(string name, string condition)
    {
        var id = IdOf(name);
        await OpenCounting($"generate?model={id}{condition}");
        Assert.DoesNotContain(Monitor.Requests, request => request.AbsolutePath.StartsWith("/models/", StringComparison.Ordinal));
        await Touch("ready");
        var told = Told;
        var before = await Source(Picture);
        var moves = JsonSerializer.Deserialize<Move[]>(
            await Page.EvaluateAsync<string>(MoveSliders, Moves), JsonSerializerOptions.Web)!;
        var expected = await Decode(
            id.Length == 0 ? "sliders" : id,
            ChosenCondition.Parse(Value(condition, "picture"), Value(condition, "label"), Value(condition, "attributes")),
            [.. moves.Select(move => move.Code)]);
        foreach (var (move, index) in moves.Select((move, index) => (move, index)))
        {
            int[] library = [.. expected[index].ToArray().Select(value => (int)(255 * value + 0.5f))];
            Assert.Equal(library.Length, move.Pixels.Length);
            Assert.InRange(move.Pixels.Zip(library, (first, second) => Math.Abs(first - second)).Max(), 0, 1);
            Assert.Equal(move.Value, move.Output);
        }

        Assert.True(moves.DistinctBy(move => string.Join(' ', move.Pixels)).Count() > Moves / 2);

        // The server gets one event of each slider, after the dragging, and then the picture is the server's.
        await Expect(Canvas).ToBeHiddenAsync();
        await WaitForChange(Picture, "src", before);
        Assert.Equal(Math.Min(Moves, await Sliders.CountAsync()), Told - told);
        await Expect(Page).ToHaveURLAsync(new Regex($"z={Regex.Escape(Uri.EscapeDataString(SliderCode.Write(moves[^1].Code)!))}"));
        Assert.Equal(SliderCode.Write(moves[^1].Code), await Page.Locator("[data-code]").GetAttributeAsync("data-code"));
    }

    [Fact]
    public async Task A_run_of_convolutions_is_decoded_by_the_server()
    {
        await OpenCounting($"generate?model={_runs.IdOf("convolution")}");
        await Sliders.First.FocusAsync();
        var (told, before) = (Told, await Source(Picture));
        var moves = JsonSerializer.Deserialize<Move[]>(
            await Page.EvaluateAsync<string>(MoveSliders, Moves), JsonSerializerOptions.Web)!;
        Assert.All(moves, move => Assert.Empty(move.Pixels));
        await WaitForChange(Picture, "src", before);
        await WaitFor(() => Told - told == Moves);
        await Expect(Page).ToHaveURLAsync(new Regex(Regex.Escape(Uri.EscapeDataString(SliderCode.Write(moves[^1].Code)!))));
        await Expect(Canvas).ToBeHiddenAsync();
        Assert.DoesNotContain(Monitor.Requests, request => request.AbsolutePath.StartsWith("/models/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_does_not_send_weights_decodes_itself()
    {
        await Page.RouteAsync("**/models/**", route => route.FulfillAsync(new() { Status = 204 }));
        await OpenCounting("generate");
        await Touch("server");
        var before = await Source(Picture);
        await Page.Keyboard.PressAsync("ArrowRight");
        await WaitForChange(Picture, "src", before);
        await Expect(Canvas).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_slider_that_is_let_go_tells_the_server_before_a_button_is_pressed()
    {
        await OpenCounting("generate");
        await Touch("ready");
        await Page.Keyboard.PressAsync("End");
        await Page.GetByLabel(Strings["Generate.Lock"]).First.CheckAsync();
        await Button(Strings["Generate.Again"]).Nth(1).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("z=.*%2C"));
        await Expect(Sliders.First).ToHaveValueAsync("3");
    }

    [Theory]
    [InlineData("", "&digit=3", 1)]
    [InlineData("plain", "&plane=pca", 0)]
    [InlineData("region", "&picture=2", 0)]
    public async Task A_point_of_the_plane_is_decoded_in_the_browser_as_by_the_library(string name, string condition, int index)
    {
        var id = IdOf(name);
        await OpenCounting($"generate?model={id}{condition}");
        var area = Page.Locator(".plane-area").Nth(index);
        await area.Locator("svg").FocusAsync();
        await Expect(area).ToHaveAttributeAsync("data-hand", "ready");
        var moved = JsonSerializer.Deserialize<Move[]>(
            await area.EvaluateAsync<string>(
                """
                area => {
                    const [svg, canvas] = [area.querySelector('svg'), area.querySelector('canvas')];
                    const { half, origin, first, second } = JSON.parse(area.dataset.plane);
                    const box = svg.getBoundingClientRect();
                    return JSON.stringify(Array.from({ length: 20 }, (_, move) => {
                        const [left, top] = [0.5 + 0.4 * Math.sin(move), 0.5 + 0.4 * Math.cos(1.7 * move)];
                        svg.dispatchEvent(new PointerEvent('pointermove', {
                            bubbles: true, clientX: box.left + left * box.width, clientY: box.top + top * box.height,
                        }));
                        const [x, y] = [(2 * left - 1) * half, (1 - 2 * top) * half];
                        const code = origin.map((value, at) => value + x * first[at] + y * second[at]);
                        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                        const pixels = canvas.checkVisibility() ? [...data].filter((_, at) => at % 4 === 0) : [];
                        return { code, pixels, value: 0, output: 0 };
                    }));
                }
                """),
            JsonSerializerOptions.Web)!;
        var expected = await Decode(
            id.Length == 0 ? "label-standard" : id,
            ChosenCondition.Parse(Value(condition, "picture"), Value(condition, "digit"), null),
            [.. moved.Select(move => move.Code)]);
        foreach (var (move, at) in moved.Select((move, at) => (move, at)))
        {
            int[] library = [.. expected[at].ToArray().Select(value => (int)(255 * value + 0.5f))];
            Assert.Equal(library.Length, move.Pixels.Length);
            Assert.InRange(move.Pixels.Zip(library, (first, second) => Math.Abs(first - second)).Max(), 0, 1);
        }

        // Where the hand rests, the server's own mark and picture come.
        await Expect(area.Locator("image.at-point")).ToBeVisibleAsync();
        await Expect(area.Locator("canvas")).ToBeHiddenAsync();
        await Expect(area.Locator(".mark:not(.hand)")).ToHaveAttributeAsync(
            "transform", (await area.Locator(".mark.hand").GetAttributeAsync("transform"))!);
    }

    private async Task OpenCounting(string address)
    {
        Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => _sent.Enqueue(Encoding.Latin1.GetString(frame.Binary ?? []));
        await Open(address);
    }

    private async Task Touch(string hand)
    {
        await Sliders.First.FocusAsync();
        await Expect(Page.Locator(".slider-layout")).ToHaveAttributeAsync("data-hand", hand);
    }

    private string IdOf(string name) => OwnRuns.Names.Contains(name) ? _runs.IdOf(name) : name;

    private static string? Value(string query, string name) => Regex.Match(query, $"&{name}=([^&]*)") is { Success: true } match
        ? match.Groups[1].Value
        : null;

    private static IEnumerable<float> Padded(double[] code, int size) =>
        code.Concat(Enumerable.Repeat(0.0, size - code.Length)).Select(value => (float)value);

    // The library, with the weights for which the quantised ones stand.
    private async Task<ExampleValues> Decode(string id, ChosenCondition chosen, double[][] codes)
    {
        var services = Studio.Server.Services;
        var opened = await services.GetRequiredService<ModelStore>().Open(id);
        return await services.GetRequiredService<ComputeThread>().Run(() =>
        {
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            using var model = opened.Configuration.CreateModel();
            var trained = opened.Weights.named_parameters().ToDictionary(named => named.name, named => named.parameter);
            var parameters = model.named_parameters().ToDictionary(named => named.name, named => named.parameter);
            foreach (var (name, parameter) in parameters)
                parameter.copy_(trained[name]);
            foreach (var (index, layer) in opened.Decoder.Quantized!.Network.Layers.Index())
            {
                // The features of a condition follow the code, and are not quantised.
                var weight = parameters[$"decoder.body.dense{index}.weight"].narrow(1, 0, layer.Inputs);
                weight.copy_(tensor(layer.Weight, [layer.Outputs, layer.Inputs]));
            }

            var features = Generator.FeaturesOf(opened, chosen.For(opened));
            return model.Decode(
                new LatentCodes(opened.LatentSize, [.. codes.SelectMany(code => Padded(code, opened.LatentSize))]),
                features is null ? null : [.. Enumerable.Repeat(features, codes.Length).SelectMany(row => row)]);
        });
    }
}

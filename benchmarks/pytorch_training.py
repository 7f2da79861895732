"""The training steps of the benchmark in PyTorch, as its users write them, on one resident tensor (spared a DataLoader)."""
import argparse
import itertools

import torch
from torch import nn
from torch.nn import functional

from side_by_side import choose_threads, mnist_train, serve


class Perceptron(nn.Module):
    """Encoder and decoder of fully connected layers; the condition is joined to the input of both."""

    def __init__(self, hidden, latent, labels):
        super().__init__()
        widths = [784 + labels, *hidden]
        self.encoder = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, widths[1:]))
        self.mean = nn.Linear(widths[-1], latent)
        self.log_variance = nn.Linear(widths[-1], latent)
        widths = [latent + labels, *reversed(hidden)]
        self.decoder = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, widths[1:]))
        self.output = nn.Linear(widths[-1], 784)

    def encode(self, x, condition):
        hidden = x if condition is None else torch.cat([x, condition], 1)
        for layer in self.encoder:
            hidden = functional.relu(layer(hidden))
        return self.mean(hidden), self.log_variance(hidden)

    def decode(self, z, condition):
        hidden = z if condition is None else torch.cat([z, condition], 1)
        for layer in self.decoder:
            hidden = functional.relu(layer(hidden))
        return self.output(hidden)


class Convolutional(nn.Module):
    """Two convolutions that halve the image, a hidden layer, and the mirror image of both."""

    def __init__(self, hidden, latent):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, stride=2, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, stride=2, padding=1)
        self.hidden = nn.Linear(64 * 7 * 7, hidden)
        self.mean = nn.Linear(hidden, latent)
        self.log_variance = nn.Linear(hidden, latent)
        self.widen = nn.Linear(latent, hidden)
        self.planes = nn.Linear(hidden, 64 * 7 * 7)
        self.deconv1 = nn.ConvTranspose2d(64, 32, 3, stride=2, padding=1, output_padding=1)
        self.deconv2 = nn.ConvTranspose2d(32, 1, 3, stride=2, padding=1, output_padding=1)

    def encode(self, x, condition):
        planes = functional.relu(self.conv2(functional.relu(self.conv1(x.view(-1, 1, 28, 28)))))
        hidden = functional.relu(self.hidden(planes.flatten(1)))
        return self.mean(hidden), self.log_variance(hidden)

    def decode(self, z, condition):
        planes = functional.relu(self.planes(functional.relu(self.widen(z)))).view(-1, 64, 7, 7)
        return self.deconv2(functional.relu(self.deconv1(planes))).flatten(1)


class Vae(nn.Module):
    """The negative bound of a batch, per example."""

    def __init__(self, body, prior, latent, labels):
        super().__init__()
        self.body, self.prior_kind, self.labels = body, prior, labels
        self.prior = None if prior == "standard" else nn.Linear(labels, latent if prior == "mean" else 2 * latent)

    def forward(self, x, label):
        condition = functional.one_hot(label, self.labels).float() if self.labels else None
        mean, log_variance = self.body.encode(x, condition)
        z = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
        logits = self.body.decode(z, condition)
        reconstruction = functional.binary_cross_entropy_with_logits(logits, x, reduction="sum")
        if self.prior_kind == "standard":
            kl = -0.5 * (1 + log_variance - mean.pow(2) - log_variance.exp()).sum()
        elif self.prior_kind == "mean":
            kl = -0.5 * (1 + log_variance - (mean - self.prior(condition)).pow(2) - log_variance.exp()).sum()
        else:
            prior_mean, prior_log = self.prior(condition).chunk(2, -1)
            spread = ((mean - prior_mean).pow(2) + log_variance.exp()) / prior_log.exp()
            kl = -0.5 * (1 + log_variance - prior_log - spread).sum()
        return (reconstruction + kl) / x.shape[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--network", choices=["mlp", "conv"], required=True)
    parser.add_argument("--hidden", required=True)
    parser.add_argument("--latent", type=int, required=True)
    parser.add_argument("--labels", type=int, required=True)
    parser.add_argument("--prior", required=True)
    parser.add_argument("--batch-size", type=int, required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--flush-denormals", type=int, default=0)
    asked = parser.parse_args()
    # Before torch makes its threads, which take the mode of the one that makes them.
    torch.set_flush_denormal(bool(asked.flush_denormals))
    hidden = [int(width) for width in asked.hidden.split(",")]
    torch.manual_seed(1)
    pixels, labels = mnist_train(asked.data, asked.steps * asked.batch_size)

    def trainer(fused=False, compiled=False):
        body = Perceptron(hidden, asked.latent, asked.labels) if asked.network == "mlp" else Convolutional(hidden[0], asked.latent)
        model = Vae(body, asked.prior, asked.latent, asked.labels)
        adam = torch.optim.Adam(model.parameters(), 1e-3, **({"fused": True} if fused else {}))
        bound = torch.compile(model) if compiled else model

        def train(steps):
            order = torch.randperm(len(pixels))
            for step in range(steps):
                first = step % asked.steps * asked.batch_size
                indices = order[first:first + asked.batch_size]
                loss = bound(pixels[indices], labels[indices])
                adam.zero_grad()
                loss.backward()
                adam.step()
                loss.item()

        return train

    variants, notes = {"eager": trainer()}, []
    if asked.threads:
        torch.set_num_threads(asked.threads)
    threads = asked.threads or choose_threads(variants["eager"], max(2, asked.steps // 4))
    for fused, compiled in itertools.product([False, True], repeat=2):
        name = "-".join(["compiled"] * compiled + ["fused"] * fused)
        if not name:
            continue
        if compiled and not hasattr(torch, "compile"):
            notes.append(f"{name}: torch {torch.__version__} has no torch.compile")
            continue
        try:
            variant = trainer(fused, compiled)
            variant(2)
            variants[name] = variant
        except Exception as error:  # A variant that this torch or this machine cannot run is left out, and said to be.
            notes.append(f"{name}: not run, {type(error).__name__}: {(str(error).splitlines() or [''])[0][:200]}")
    serve(variants, notes, threads)


if __name__ == "__main__":
    main()

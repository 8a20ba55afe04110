"""Twelve logistic regressions over the same sparse columns -> few weights of few bits."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


class Problem:
    """Loss = sum over cells of weight * log loss, plus penalties."""

    def __init__(self, x, y, weight):
        used = np.flatnonzero(weight.sum(1) > 0)
        self.x, self.y, self.weight = x[used], y[used], weight[used]
        self.xt = self.x.T.tocsr()
        self.curve = 0.25 * self.weight.sum(0) + 1

    def narrow(self, columns):
        other = object.__new__(Problem)
        other.y, other.weight, other.curve = self.y, self.weight, self.curve
        other.x = self.x[:, columns].tocsr()
        other.xt = self.xt[columns]
        return other

    def gradient(self, w, b):
        error = self.weight * (sigmoid(self.x @ w + b) - self.y)
        return self.xt @ error, error.sum(0)

    def loss(self, w, b):
        z = self.x @ w + b
        return float((self.weight * (np.logaddexp(0, z) - self.y * z)).sum())

    def scaling(self):
        """A diagonal that evens the columns out, and the Lipschitz constant under it."""
        scale = (np.asarray(self.x.multiply(self.x).sum(0)).ravel() + 1) ** -0.25
        scale = scale.astype(np.float32)
        v = np.random.RandomState(0).rand(len(scale)).astype(np.float32)
        length = 1.0
        for _ in range(12):
            u = scale * (self.xt @ (self.x @ (scale * v)))
            length = np.linalg.norm(u) / np.linalg.norm(v)
            v = u / np.linalg.norm(u)
        return (scale * scale)[:, None], 0.16 * length * max(1.0, float(self.weight.max()))


def descend(problem, l1, l2, steps, w=None, b=None, support=None):
    """FISTA with restarts; l1 and l2 are one number an output."""
    shape = (problem.x.shape[1], problem.y.shape[1])
    w = np.zeros(shape, np.float32) if w is None else w.copy()
    b = np.zeros(shape[1], np.float32) if b is None else b.copy()
    scale, lipschitz = problem.scaling()
    size = scale / lipschitz
    v, bv, t = w.copy(), b.copy(), 1.0
    for _ in range(steps):
        g, gb = problem.gradient(v, bv)
        new = v - size * (g + l2 * v)
        new = np.sign(new) * np.maximum(np.abs(new) - size * l1, 0)
        if support is not None:
            new *= support
        new = new.astype(np.float32)
        b_new = (bv - 0.5 * gb / problem.curve).astype(np.float32)
        if ((v - new) * (new - w) / scale).sum() > 0:
            t = 1.0
        t_new = (1 + np.sqrt(1 + 4 * t * t)) / 2
        v = new + np.float32((t - 1) / t_new) * (new - w)
        bv = b_new + np.float32((t - 1) / t_new) * (b_new - b)
        w, b, t = new, b_new, t_new
    return w, b


def quantise(problem, w, b, support, step, l2, steps):
    """Small integers q with w ~ step * q: the loss is taken with the rounded weights, its gradient moves the exact ones."""

    def rounded(w):
        q = np.clip(np.round(w / step), -127, 127)
        kept = (np.abs(w) > 0.25 * step) & (np.abs(w) < step)  # a weight worth its place is at least one step
        return (np.where(kept, np.sign(w), q) * support).astype(np.float32)

    w, b = w.copy(), b.copy()
    mean, square, best = np.zeros_like(w), np.zeros_like(w), None
    for i in range(steps):
        q = rounded(w)
        error_w = q * step
        z = problem.x @ error_w + b
        loss = float((problem.weight * (np.logaddexp(0, z) - problem.y * z)).sum())
        error = problem.weight * (sigmoid(z) - problem.y)
        g, gb = (problem.xt @ error + l2 * error_w) * support, error.sum(0)
        if best is None or loss < best[0]:
            best = loss, q.astype(np.int64), b.copy()
        mean = 0.9 * mean + 0.1 * g
        square = 0.98 * square + 0.02 * g * g
        w = (w - 0.075 * step * (1 - i / steps) * mean / (np.sqrt(square) + 3) * support).astype(np.float32)
        b = (b - 0.5 * gb / problem.curve).astype(np.float32)
    return best[1], best[2]

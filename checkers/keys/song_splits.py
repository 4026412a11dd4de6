"""Facts about the Spotify splits by artist, one line per personal seed.

Measured on the real data with `course.datasets.spotify_split(table, seed)`; a test
compares them when the data are there.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["ALL_TEMPO_MEAN", "SONG_SPLITS", "SongSplit"]


class SongSplit(NamedTuple):
    """What one seed gives."""

    training_rows: int
    validation_rows: int
    tempo_mean: float
    """Mean tempo of the training rows, in beats per minute."""
    baseline: float
    """Validation MAE of the training median, popularity / 100."""


ALL_TEMPO_MEAN: Final = 120.8836
"""Mean tempo of all rows: what a scaler sees that is fit before the split."""

SONG_SPLITS: Final = {
    1: SongSplit(24856, 7972, 120.8127, 0.202820),
    2: SongSplit(24671, 8157, 121.0695, 0.209072),
    3: SongSplit(24456, 8372, 121.1753, 0.213350),
    4: SongSplit(24258, 8570, 120.8881, 0.209686),
    5: SongSplit(24494, 8334, 121.0199, 0.203934),
    6: SongSplit(24440, 8388, 120.9629, 0.207473),
    7: SongSplit(24294, 8534, 120.6118, 0.212195),
    8: SongSplit(24618, 8210, 120.8997, 0.207669),
    10: SongSplit(24676, 8152, 120.8936, 0.214350),
    11: SongSplit(24449, 8379, 120.8611, 0.209301),
    12: SongSplit(24904, 7924, 120.8807, 0.211445),
    13: SongSplit(24607, 8221, 120.9405, 0.209854),
    14: SongSplit(24439, 8389, 120.8520, 0.207962),
    15: SongSplit(24487, 8341, 120.7531, 0.206933),
    16: SongSplit(24724, 8104, 120.8125, 0.206106),
    17: SongSplit(24554, 8274, 121.0298, 0.206297),
    18: SongSplit(24730, 8098, 121.1954, 0.205221),
    19: SongSplit(24623, 8205, 120.9440, 0.211561),
    20: SongSplit(24310, 8518, 120.5958, 0.209067),
    21: SongSplit(24789, 8039, 120.7560, 0.204753),
    22: SongSplit(24675, 8153, 120.8745, 0.203627),
    23: SongSplit(24482, 8346, 121.1594, 0.211112),
    24: SongSplit(24359, 8469, 120.6870, 0.208551),
    25: SongSplit(24765, 8063, 120.6814, 0.207342),
    26: SongSplit(24993, 7835, 121.0376, 0.201889),
    27: SongSplit(24153, 8675, 120.7862, 0.208075),
    28: SongSplit(24552, 8276, 121.1200, 0.202080),
    29: SongSplit(24134, 8694, 120.8667, 0.213669),
    30: SongSplit(24334, 8494, 120.9859, 0.210810),
    31: SongSplit(24211, 8617, 120.5955, 0.203740),
    32: SongSplit(24327, 8501, 120.7504, 0.208387),
    33: SongSplit(25051, 7777, 120.8387, 0.207336),
    34: SongSplit(24221, 8607, 120.6546, 0.209919),
    35: SongSplit(24375, 8453, 121.1275, 0.211802),
    36: SongSplit(24858, 7970, 120.9963, 0.209975),
    37: SongSplit(24298, 8530, 120.8367, 0.211513),
    38: SongSplit(24508, 8320, 120.8705, 0.204542),
    39: SongSplit(24619, 8209, 120.9117, 0.211012),
    40: SongSplit(25113, 7715, 120.6739, 0.202255),
    41: SongSplit(24565, 8263, 120.8531, 0.212309),
    42: SongSplit(24538, 8290, 120.8865, 0.211181),
    43: SongSplit(24701, 8127, 120.6961, 0.206525),
    44: SongSplit(24529, 8299, 120.8962, 0.207061),
    45: SongSplit(24895, 7933, 120.8582, 0.206999),
    46: SongSplit(24503, 8325, 120.9629, 0.209286),
    47: SongSplit(24546, 8282, 121.1475, 0.213704),
    48: SongSplit(24976, 7852, 121.0510, 0.206592),
    49: SongSplit(24781, 8047, 120.9762, 0.204559),
    50: SongSplit(24415, 8413, 120.7308, 0.210940),
}

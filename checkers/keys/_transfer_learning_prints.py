"""Mean and spread of every weight of the backbone, layer by layer.

They belong to `data/networks/backbone.npz`; a test compares the two.
"""

from __future__ import annotations

from checkers.rules.carried import Print

__all__ = ["PRINTS"]

PRINTS: tuple[tuple[Print, ...], ...] = (
    (  # block1_conv1
        (-0.00227601, 0.129381),  # kernel
    ),
    (  # block1_norm1
        (0.972137, 0.150174),  # gamma
        (0.105378, 0.256466),  # beta
        (-0.035287, 0.126699),  # moving_mean
        (0.0174222, 0.0104454),  # moving_variance
    ),
    (  # block1_conv2
        (-0.00386685, 0.110927),  # kernel
    ),
    (  # block1_norm2
        (0.994568, 0.0832039),  # gamma
        (-0.0429678, 0.0572745),  # beta
        (-0.303823, 0.668312),  # moving_mean
        (1.18053, 0.509585),  # moving_variance
    ),
    (  # block2_conv1
        (-0.0106565, 0.100837),  # kernel
    ),
    (  # block2_norm1
        (1.01181, 0.0663176),  # gamma
        (-0.0177573, 0.0943394),  # beta
        (-0.844883, 0.791669),  # moving_mean
        (1.79642, 0.478523),  # moving_variance
    ),
    (  # block2_conv2
        (-0.0153999, 0.0950952),  # kernel
    ),
    (  # block2_norm2
        (0.997116, 0.0724581),  # gamma
        (-0.125241, 0.0737772),  # beta
        (-1.556, 1.2727),  # moving_mean
        (2.15961, 0.4673),  # moving_variance
    ),
    (  # block3_conv1
        (-0.00483786, 0.0903546),  # kernel
    ),
    (  # block3_norm1
        (1.00211, 0.0774476),  # gamma
        (-0.126699, 0.0716546),  # beta
        (-0.717258, 1.46097),  # moving_mean
        (3.49249, 0.97878),  # moving_variance
    ),
    (  # block3_conv2
        (-0.0111466, 0.0858422),  # kernel
    ),
    (  # block3_norm2
        (0.989571, 0.068449),  # gamma
        (-0.24115, 0.0767199),  # beta
        (-1.7494, 1.21126),  # moving_mean
        (4.21518, 0.759844),  # moving_variance
    ),
    (  # block4_conv1
        (-0.00543731, 0.0755345),  # kernel
    ),
    (  # block4_norm1
        (0.979134, 0.0760907),  # gamma
        (-0.157836, 0.0589852),  # beta
        (-1.09939, 1.97505),  # moving_mean
        (5.73755, 1.52333),  # moving_variance
    ),
    (  # block4_conv2
        (-0.000718731, 0.0617867),  # kernel
    ),
    (  # block4_norm2
        (1.03832, 0.0447063),  # gamma
        (-0.0115045, 0.0459135),  # beta
        (0.0223579, 1.69509),  # moving_mean
        (8.23965, 1.83457),  # moving_variance
    ),
)

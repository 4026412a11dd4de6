"""Misconceptions that lesson 13, transfer learning, names."""

from checkers.i18n import N_
from checkers.messages.message import Message

_LESSON = "transfer_learning"

MESSAGES = (
    Message(
        "TRANSFER_LEARNING.TRAINING_FOR_TRAINABLE",
        N_(
            "{where}: {part} is told training=False, and every weight of the blocks "
            "can still move."
        ),
        N_(
            "training=False is a mode: BatchNormalization uses its moving statistics, "
            "Dropout drops nothing. The optimizer does not look at it."
        ),
        N_("Set base.trainable = False."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.NOT_FROZEN",
        N_("{where} of {part} is trainable; it should be frozen."),
        N_(
            "With few pictures, the first steps of an untrained head would push "
            "trained weights away from what they know. A call with training=False "
            "does not prevent it: that is a mode, and weights move all the same."
        ),
        N_("Set base.trainable = False before the model is compiled."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.HEAD_FROZEN",
        N_("{where} of {part} is new and frozen: it would keep its random weights."),
        N_(
            "What is new has to learn the new classes. Only what was trained before "
            "may rest."
        ),
        N_("Freeze the base alone, or set trainable = True on the new layer."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.SOURCE_CLASSES",
        N_(
            "{where} gives {received} probabilities: as many as there were source "
            "classes."
        ),
        N_(
            "The backbone was trained on six classes. Your pictures have others, and "
            "another number of them."
        ),
        N_("Count the classes of your own labels."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.OTHER_TARGET",
        N_("{where} gives {received} probabilities: as many as exercise 1 asks for."),
        N_(
            "The labels of this exercise are ten digits, 0 to 9. Label 4 needs a fifth"
            " probability."
        ),
        N_("Count the classes of this exercise."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.FLATTEN",
        N_("{where} of {part}: expected one mean per map, received Flatten."),
        N_(
            "Flatten hands on every position of every map. The Dense layer behind it "
            "gets many times as many weights, for the same pictures."
        ),
        N_("Use GlobalAveragePooling2D()."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.LARGEST",
        N_("{where} of {part}: expected one mean per map, received the largest value."),
        N_(
            "GlobalMaxPooling2D keeps the strongest position. The head of this lesson "
            "averages over all of them."
        ),
        N_("Use GlobalAveragePooling2D()."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.FRESH_WEIGHTS",
        N_(
            "{where} of {part} does not hold the trained weights; nor do {count} of "
            "{total} such layers, this one included."
        ),
        N_(
            "Without the trained weights nothing is transferred. Building the network "
            "anew, clone_model and from_config give fresh ones."
        ),
        N_("Use the model that networks.backbone() returns, or its layers."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.KEEPS_LAST",
        N_("{part} keeps all four blocks."),
        N_(
            "The last blocks have learned what tells airplanes from dogs. Digits are "
            "too unlike that: case 2 keeps the early blocks only."
        ),
        N_("Pass end= to networks.backbone, with the name of the last layer to keep."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.INPUT_RANGE",
        N_("{where}: the blocks do not get pixels from 0 to 1."),
        N_(
            "They were trained on values divided by 255. Other values pass through "
            "without an error, and the features are worth little."
        ),
        N_("Put Rescaling(1 / 255) before the blocks."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.STILL_FROZEN",
        N_("{where} of {part} is frozen; it should train."),
        N_(
            "A frozen layer keeps the weights of the source classes, however many "
            "pictures there are."
        ),
        N_("Set trainable = True on it, then compile."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.RATE",
        N_(
            "{part}: expected a learning rate of at most {expected}, received "
            "{received}."
        ),
        N_(
            "Trained weights are a good start. Large steps leave it within a few "
            "updates."
        ),
        N_("Pass a smaller learning_rate to the optimizer."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.NO_RATE",
        N_("{part}: a learning rate of {received} moves nothing."),
        N_("Each step is the gradient times the rate."),
        N_("Pass a rate above 0 and at most {expected}."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.NOT_RECOMPILED",
        N_(
            "{part} has {trainable} trainable weights, and its optimizer knows {known}"
            " of them."
        ),
        N_(
            "fit moves what was trainable when it first ran after compile. What was "
            "thawed later stays where it is, and nothing says so."
        ),
        N_("Call compile again, after the last change of trainable."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.ALL_THAWED",
        N_(
            "{where}: all blocks of {part} train, and all their BatchNormalization "
            "layers."
        ),
        N_(
            "This stage thaws the last block only. The early ones see edges and "
            "colors, which the new pictures have as well."
        ),
        N_(
            "Switch off every layer that is not in block 4, and the BatchNormalization"
            " layers in it."
        ),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.TOO_EARLY",
        N_("{where} of {part} trains; only block 4 should."),
        N_(
            "Every block that is thawed adds weights that 40 pictures have to hold in "
            "place."
        ),
        N_("Select the layers by the start of their names: block4."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.NORM_THAWED",
        N_(
            "{where} of {part} is trainable: it would use and store the statistics of "
            "your small batches."
        ),
        N_(
            "A frozen BatchNormalization keeps the mean and variance of the source "
            "pictures, also when it is told training=True. For Dropout, trainable "
            "changes nothing."
        ),
        N_("Set trainable = False on every BatchNormalization layer."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.OTHER_MODEL",
        N_("{where} is not part of the model of stage one."),
        N_(
            "The second stage trains the same model on. A new layer would start from "
            "nothing."
        ),
        N_("Change trainable only."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.NO_BIAS",
        N_("{where}: expected a bias, received none."),
        N_(
            "Without it the classes have no level of their own: where all features are"
            " 0, every class gets the same probability."
        ),
        N_("Leave use_bias out."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.SIGMOID_HEAD",
        N_("{where}: expected softmax, received sigmoid."),
        N_(
            "A dog has one breed: the probabilities compete and add up to 1. With "
            "sigmoid each class is a question of its own."
        ),
        N_("Use activation='softmax'."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.NO_LIST",
        N_("{part} on {case}: expected one array per head, received {received}."),
        N_("Each head gives one row of probabilities per picture."),
        N_("Return a list with one array per head, in the order of the heads."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.HEAD_COUNT",
        N_("{part} on {case}: expected {expected} arrays, received {received}."),
        N_("Each head answers for all pictures."),
        N_("Return one array per head, all pictures in it."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.HEAD_SHAPE",
        N_(
            "{part} on {case}: for one head expected the shape {expected}, received "
            "{received}."
        ),
        N_("The rows are the pictures, the columns the classes."),
        N_("Join the batches of one head along axis 0."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.HEADS_DIFFER",
        N_(
            "{part} on {case}: the outputs are up to {received} away from those end to"
            " end."
        ),
        N_(
            "head(base(pictures)) at inference is what they must equal, picture by "
            "picture."
        ),
        N_("Feed the heads with the base's outputs, in the order of the pictures."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.IN_TRAINING",
        N_(
            "{part} on {case}: the base ran in training mode; the outputs are up to "
            "{received} off."
        ),
        N_(
            "Then the base adds noise, and normalizes by the batch: a stored feature "
            "is one draw, and other pictures decide on it."
        ),
        N_("Call base.predict(pictures), or base(pictures, training=False)."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.BASE_NOT_CALLED",
        N_("{part} on {case}: the base never ran."),
        N_("The heads work on what the base gives."),
        N_("Compute the features with the base that was handed over."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.ONCE_PER_HEAD",
        N_(
            "{part} on {case}: expected at most {expected} runs of the base, received "
            "{received}: once more for each head."
        ),
        N_(
            "The features do not depend on the head. Computing them again is what a "
            "cache saves."
        ),
        N_("Compute the features before the loop over the heads."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.ONE_BY_ONE",
        N_(
            "{part} on {case}: expected at most {expected} runs of the base, received "
            "{received}: about one per picture."
        ),
        N_("A run on 32 pictures takes hardly longer than a run on one."),
        N_("Pass all pictures to base.predict at once."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.TOO_MANY_CALLS",
        N_(
            "{part} on {case}: expected at most {expected} runs of the base, received "
            "{received}."
        ),
        N_(
            "The base is the large part. Every picture should pass through it once, 32"
            " or more at a time."
        ),
        N_("Call base.predict(pictures) once and keep the result."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.BIAS_FORGOTTEN",
        N_("{part}: {received} counts the weights without the biases."),
        N_("A Dense layer has one bias per unit, here per class."),
        N_("Add one number per class."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.BIAS_PER_INPUT",
        N_("{part}: {received} has one bias per input."),
        N_("The bias belongs to a unit, not to an input."),
        N_("Add one number per class."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.BASE_COUNTED",
        N_(
            "{part}: {received} includes the 14,714,688 parameters of VGG16 without "
            "its head."
        ),
        N_("The base is frozen and given. The question is what a head adds."),
        N_("Count the Dense layer only."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.OTHER_HEAD",
        N_("{part}: {received} is the count of the other head."),
        N_(
            "Behind GlobalAveragePooling2D there are 512 numbers, behind Flatten "
            "25,088."
        ),
        N_("Look at which pooling the name of the answer says."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.POSITIONS_FOR_MAPS",
        N_("{part}: {received} has 49 inputs per class."),
        N_(
            "GlobalAveragePooling2D averages over the 7 x 7 positions; what is left is"
            " one number per map, and there are 512 maps."
        ),
        N_("Use the last size of the shape, 512."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.ONE_SIDE",
        N_("{part}: {received} has 7 · 512 inputs per class."),
        N_("Flatten keeps rows and columns: 7 · 7 positions in each of the 512 maps."),
        N_("Multiply all three sizes."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.SCRATCH_CHOSEN",
        N_(
            "{part}: {received} contains the network from scratch, which is more than "
            "2 points below the best."
        ),
        N_("It starts from nothing with the same pictures."),
        N_("Compare its mean with the largest of this case."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.ALWAYS_FREEZE",
        N_(
            "{part}: {received} contains the frozen blocks, which are not within 2 "
            "points of the best here."
        ),
        N_("Frozen blocks can say only what the source classes needed."),
        N_("Compare their mean with the largest of this case."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.CUT_CHOSEN",
        N_(
            "{part}: {received} contains the early blocks with a new head, which are "
            "more than 2 points below the best."
        ),
        N_(
            "What the later blocks know is thrown away, and has to be learned again "
            "from these pictures."
        ),
        N_("Compare their mean with the largest of this case."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.ALWAYS_TUNE",
        N_("{part}: {received} says that training everything is among the best here."),
        N_(
            "Weights that fit other pictures can be a worse start than fresh ones. The "
            "table shows where."
        ),
        N_("Compare its mean with the largest of this case."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.FEW_MEANS_FREEZE",
        N_("{part}: {received} is the usual recipe, and not what this table shows."),
        N_(
            "Among photographs, training everything came out ahead of the frozen "
            "blocks; among digits, the network from scratch did, and by far."
        ),
        N_("Compare the frozen column with the largest mean of both rows with few."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.CASES_EQUAL",
        N_("{part}: {received} makes one case of the two with many pictures."),
        N_(
            "A page that says so offers one recipe for both. In the table the "
            "strategies are further apart on digits than on photographs."
        ),
        N_("Compare the two rows with many pictures, column by column."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.CAM_NOT_CUT",
        N_("{part} on {case}: the map has negative values."),
        N_(
            "Where the sum is negative, the picture speaks against the class. Grad-CAM"
            " shows what speaks for it."
        ),
        N_("End with np.maximum(…, 0)."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.CAM_SCALED",
        N_("{part} on {case}: the map is divided by its largest value."),
        N_(
            "For a picture on the screen that is usual (convention). Here maps of "
            "different classes must stay comparable."
        ),
        N_("Return the map as it is."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.CAM_SUMS",
        N_(
            "{part} on {case}: each weight is the sum of the gradients, not their mean."
        ),
        N_("The mean makes weights comparable between maps of different sizes."),
        N_("Use mean over the two axes of positions."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.CAM_MEAN_OF_MAPS",
        N_("{part} on {case}: the weighted maps are averaged, not added up."),
        N_(
            "The formula has a sum over the maps. The mean is smaller by the number of"
            " maps."
        ),
        N_("Use sum over the last axis."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.CAM_LARGEST",
        N_("{part} on {case}: each weight is the largest gradient of its map."),
        N_("One position would decide for the whole map."),
        N_("Use the mean over rows and columns."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.CAM_BY_POSITION",
        N_("{part} on {case}: gradient and map are multiplied position by position."),
        N_(
            "Grad-CAM first makes one weight per map, the mean of its gradients. What "
            "you have is another method: gradient times activation."
        ),
        N_("Average the gradient over rows and columns before you multiply."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.CAM_UNWEIGHTED",
        N_("{part} on {case}: the maps are added up without weights."),
        N_("Then every class gets the same picture."),
        N_("Multiply each map by the mean gradient of the class's score."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.CAM_ALL_CLASSES",
        N_("{part} on {case}: the gradient is that of all scores together."),
        N_(
            "A tape asked for the gradient of a vector adds up the gradients of its "
            "entries."
        ),
        N_("Take head(maps)[0, label] inside the tape."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.CAM_PROBABILITY",
        N_("{part} on {case}: the gradient is that of a probability, behind softmax."),
        N_(
            "A probability near 1 has hardly any slope left, and the other classes are"
            " in it. Grad-CAM uses the score before softmax."
        ),
        N_("Leave softmax out: the head gives scores."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.CAM_CUT_FIRST",
        N_("{part} on {case}: each weighted map is cut at 0 before the sum."),
        N_(
            "What one map says against the class must be able to outweigh what another"
            " says for it."
        ),
        N_("Add up first, then cut."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.NO_POSITIONS",
        N_("{part}: expected positions, whole numbers from 0 to 399."),
        N_(
            "The positions show which picture is in which part, so that nobody has to "
            "trust the split."
        ),
        N_("Hand in the arrays of positions that you index with."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.OUTSIDE_POOL",
        N_("{part}: {received} is outside of your 400 pictures."),
        N_(
            "Your pictures have the positions 0 to 399 of x_pool. Positions in "
            "CIFAR-10 are others."
        ),
        N_("Split the positions 0 to 399."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.DRAWN_TWICE",
        N_("{part}: {received} positions occur more than once."),
        N_("That is a draw with replacement: some pictures count twice, others never."),
        N_("Cut one permutation of the 400 positions in two."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.NOT_DISJOINT",
        N_("{part} shares {received} pictures with train_rows."),
        N_("Accuracy on pictures that were trained on says nothing about new ones."),
        N_("Cut one permutation of the 400 positions in two."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.FEW_VALIDATE",
        N_("{part}: {received} pictures validate; at least {least} should."),
        N_("With 20 pictures one of them is 5 points: the best epoch would be chance."),
        N_("Keep about a quarter of the pictures for validation."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.FEW_TRAIN",
        N_("{part}: only {received} pictures train, fewer than validate."),
        N_(
            "Each training picture is worth more than the last digit of the validation"
            " accuracy."
        ),
        N_("Keep about three quarters of the pictures for training."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.NO_CURVES",
        N_("{part}: expected two lists of the same length, one number per epoch."),
        N_("The sentences are compared with your curves."),
        N_(
            "Hand in history.history['accuracy'] and history.history['val_accuracy'] "
            "of the model that you saved."
        ),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.TWO_SENTENCES",
        N_(
            "{part}: received {received}; expected one letter about the epochs and one"
            " about the gap."
        ),
        N_(
            "The two questions are when the curve was best, and how far apart the two "
            "curves are there."
        ),
        N_("Choose one of each pair, for example 'AC'."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.EPOCH_READ",
        N_("{part}: your validation accuracy is highest in epoch {best} of {epochs}."),
        N_(
            "Where the best epoch is the last one, the curve may still rise. Where it "
            "lies earlier, it has stopped."
        ),
        N_("Look for the largest entry of val_accuracy."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.GAP_READ",
        N_(
            "{part}: in epoch {best} training accuracy minus validation accuracy is "
            "{gap} points."
        ),
        N_(
            "A wide gap at the best epoch says that the training pictures are known "
            "better than new ones."
        ),
        N_("Subtract the two curves at the best epoch."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.TEN_CLASSES",
        N_("{part}: {received} is one in ten."),
        N_("CIFAR-10 has ten classes; your pictures come from four of them."),
        N_("Count how often the commonest class occurs in y_test."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.SIX_CLASSES",
        N_("{part}: {received} is one in six."),
        N_(
            "Six is the number of source classes. Your pictures come from the four "
            "others."
        ),
        N_("Count how often the commonest class occurs in y_test."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.SHARE_FOR_PERCENT",
        N_("{part}: {received} is a share; percent is asked for."),
        N_("All accuracies of this exercise are in percent."),
        N_("Multiply by 100."),
        _LESSON,
    ),
    Message(
        "TRANSFER_LEARNING.BELOW_LIMIT",
        N_("{part}: expected a test accuracy of {expected}, received {received}."),
        N_(
            "The frozen backbone with a new head reaches it with 300 pictures in every"
            " run that was measured. A network from scratch does not."
        ),
        N_(
            "Compare your validation curve with case 1 of the lesson: which blocks did"
            " you freeze, and what range have the pictures?"
        ),
        _LESSON,
    ),
)

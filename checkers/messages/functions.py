"""What can be wrong with a function: its form, its results, its randomness."""

from checkers.i18n import N_
from checkers.messages.message import Message

MESSAGES = (
    Message(
        "FUNCTION.NOT_A_FUNCTION",
        N_("{part}: expected a function, received {type_name}: {text}."),
        N_("The check calls it with inputs of its own."),
        N_("Define it with def and leave out the brackets when you hand it in."),
    ),
    Message(
        "FUNCTION.RAISES",
        N_("{part} stops with {error} on {case}: {error_text}"),
        N_("The function should return a result for every input of the task."),
        N_("Look at this line of yours: {line}"),
    ),
    Message(
        "FUNCTION.TOO_SLOW",
        N_("{part} did not return in time on {case}."),
        N_("A loop may never end."),
        N_("Call it yourself on a small input and print inside the loop."),
    ),
    Message(
        "FUNCTION.NO_RESULT",
        N_("{part} returns nothing on {case}."),
        N_("A function without return gives None."),
        N_("End the function with return."),
    ),
    Message(
        "FUNCTION.OTHER_RESULT",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_("The result has to be of this form to be used and compared."),
        N_("Print the result once and compare it with the docstring."),
    ),
    Message(
        "FUNCTION.WRONG_RESULT",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_("The result differs from the definition in the task."),
        N_("Work the case out by hand, line by line."),
    ),
    Message(
        "FUNCTION.MUTATES",
        N_("{part} changes {changed}, which it was given, on {case}."),
        N_("The caller's data should be the same after the call."),
        N_("Work on a copy."),
    ),
    Message(
        "FUNCTION.CLASS",
        N_("{part}: expected a function, received the class {text}."),
        N_(
            "The check calls it with inputs of its own; a class makes an object "
            "instead."
        ),
        N_("Hand in the function, or an object of the class that can be called."),
    ),
    Message(
        "FUNCTION.RESULT_HANDED_IN",
        N_("{part}: expected the function itself, received a result of it: {text}."),
        N_("The check calls the function with inputs of its own."),
        N_("Hand in the name without brackets."),
    ),
    Message(
        "FUNCTION.NAME_IN_QUOTES",
        N_("{part}: expected the function itself, received the text {text}."),
        N_("In quotes the name is only a text."),
        N_("Take the quotes off."),
    ),
    Message(
        "FUNCTION.TRAILING_COMMA",
        N_("{part}: expected a function, received a list or tuple that holds one."),
        N_("A comma at the end of a line makes a tuple."),
        N_("Remove the comma or the brackets around it."),
    ),
    Message(
        "FUNCTION.ASYNC",
        N_("{part} is declared with async def."),
        N_("Such a function returns a promise, not a result."),
        N_("Remove the word async."),
    ),
    Message(
        "FUNCTION.YIELDS",
        N_("{part} gives its values one by one, with yield; a result is asked for."),
        N_("A generator can be read only once and cannot be compared."),
        N_("Collect the values in a list and return it."),
    ),
    Message(
        "FUNCTION.WRONG_ARGUMENTS",
        N_(
            "{part} does not take what the task hands over: {count} by position; "
            "{line} takes {takes}."
        ),
        N_("The check calls the function as the task shows it."),
        N_("Compare the line with def with the one in the task: {error_text}."),
    ),
    Message(
        "FUNCTION.PRINTS_NOT_RETURNS",
        N_("{part} on {case}: prints {printed} and returns nothing."),
        N_("Printed text is for people; the caller gets None."),
        N_("Write return where the function prints its result."),
    ),
    Message(
        "FUNCTION.ASKS_INPUT",
        N_("{part} on {case}: waits for someone to type."),
        N_("All that the function needs is handed over as arguments."),
        N_("Remove input() and breakpoint()."),
    ),
    Message(
        "FUNCTION.EXITS",
        N_("{part} on {case}: ends Python."),
        N_("That would close the notebook, with everything in it."),
        N_("Use return where the function should end."),
    ),
    Message(
        "FUNCTION.ENDLESS_RECURSION",
        N_("{part} on {case}: calls itself without end."),
        N_("Each call waits for the next one until Python gives up."),
        N_("Add the case that ends the recursion, and look for a name used twice."),
    ),
    Message(
        "FUNCTION.NOT_STOPPED",
        N_("{part} did not return in time on {case}, and could not be stopped."),
        N_("It still runs in the background and slows the notebook down."),
        N_("Restart the kernel; then look for the loop or the wait without an end."),
    ),
    Message(
        "FUNCTION.RETURNS_FUNCTION",
        N_("{part} on {case}: returns {received}, which has not been called."),
        N_("The caller wants the result, not the way to it."),
        N_("Call the function inside, with brackets."),
    ),
    Message(
        "FUNCTION.SYMBOLIC",
        N_("{part} on {case}: returns a tensor without values."),
        N_("It stands for what flows through a model later."),
        N_("Compute with the arrays that are handed over, without keras.Input."),
    ),
    Message(
        "FUNCTION.COMPLEX",
        N_("{part} on {case}: returns complex numbers."),
        N_("The root or a broken power of a negative number is complex."),
        N_("Look for a root or a power of something negative."),
    ),
    Message(
        "FUNCTION.TOO_LARGE",
        N_("{part} on {case}: returns more than 50,000 numbers."),
        N_("The result of this case should be much smaller."),
        N_("Print the shape of the result on a small input."),
    ),
    Message(
        "FUNCTION.WRONG_COUNT",
        N_("{part} on {case}: expected {expected} results, received {received}."),
        N_("The caller takes them apart by their order."),
        N_("Return them with commas between them, in the order of the task."),
    ),
    Message(
        "FUNCTION.WRONG_SHAPE",
        N_("{part} on {case}: expected shape {expected}, received {received}{how}."),
        N_(
            "A wrong shape is combined with others without an error, and the result is "
            "silently wrong."
        ),
        N_("Print the shape after each line."),
    ),
    Message(
        "FUNCTION.ONE_ENTRY",
        N_("{part}: returns an array with one entry; a single number is asked for."),
        N_("Both hold the same value, and most code takes either."),
        N_("Take the entry out with [0] or float(...)."),
    ),
    Message(
        "FUNCTION.WRONG_DTYPE",
        N_(
            "{part} on {case}: expected entries of type {expected}, received "
            "{received}."
        ),
        N_("The type decides what can be stored and how exactly."),
        N_("Convert the input or the result, for example with astype."),
    ),
    Message(
        "FUNCTION.TRANSPOSED",
        N_("{part} on {case}: rows and columns of the result have changed places."),
        N_("The values are right, at each other's position."),
        N_("Transpose the result, or swap the two factors of the product."),
    ),
    Message(
        "FUNCTION.SIGN",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the sign is "
            "wrong, on all cases."
        ),
        N_("The size of every entry is right."),
        N_("Look at what is subtracted from what, and for a missing minus."),
    ),
    Message(
        "FUNCTION.FACTOR",
        N_(
            "{part} on {case}: expected {expected}, received {received}: {factor} "
            "times as much, on all cases."
        ),
        N_("One factor is there that should not be, or the other way round."),
        N_("Look for a mean in place of a sum, a half, or the base of a logarithm."),
    ),
    Message(
        "FUNCTION.OFF_BY_ONE",
        N_(
            "{part} on {case}: expected {expected}, received {received}: off by one, "
            "on all cases."
        ),
        N_("A border counts once too often or not at all."),
        N_("Work out the smallest case by hand and count."),
    ),
    Message(
        "FUNCTION.OFF_BY_CONSTANT",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the "
            "difference is {offset} on all cases."
        ),
        N_("One term is missing or is there twice."),
        N_("Look for a term that does not depend on the input."),
    ),
    Message(
        "FUNCTION.COMPLEMENT",
        N_(
            "{part} on {case}: expected {expected}, received {received}: both add up "
            "to 1, on all cases."
        ),
        N_("A share and its complement were mixed up."),
        N_("Look for 1 - p in place of p, or the other way round."),
    ),
    Message(
        "FUNCTION.SQUARE",
        N_(
            "{part} on {case}: expected {expected}, received {received}: its square, "
            "on all cases."
        ),
        N_("A variance is the square of a standard deviation."),
        N_("Look for a square too many or a root too few."),
    ),
    Message(
        "FUNCTION.ROOT",
        N_(
            "{part} on {case}: expected {expected}, received {received}: its root, on "
            "all cases."
        ),
        N_("A standard deviation is the root of a variance."),
        N_("Look for a root too many or a square too few."),
    ),
    Message(
        "FUNCTION.LOGARITHM",
        N_(
            "{part} on {case}: expected {expected}, received {received}: its "
            "logarithm, on all cases."
        ),
        N_("The last step is one logarithm too many."),
        N_("Return the value before the logarithm."),
    ),
    Message(
        "FUNCTION.INTEGER",
        N_(
            "{part} on {case}: expected {expected}, received {received}: cut to a "
            "whole number."
        ),
        N_(
            "// and int() cut off what is behind the point; an integer array does, too."
        ),
        N_("Divide with / and make the array of type float."),
    ),
    Message(
        "FUNCTION.ROUNDED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: rounded to "
            "{digits} places."
        ),
        N_("What is rounded away is missing in every later step."),
        N_("Return all digits; round only where something is printed."),
    ),
    Message(
        "FUNCTION.REVERSED",
        N_("{part} on {case}: the result is in reverse order."),
        N_("Every value is right and stands at the other end."),
        N_("Look for a flip, a [::-1] or a loop that runs backwards."),
    ),
    Message(
        "FUNCTION.OTHER_ORDER",
        N_("{part} on {case}: the values are right and stand in another order."),
        N_("Values are compared position by position."),
        N_("Compare the order of the loops, or of the axes, with the task."),
    ),
    Message(
        "FUNCTION.BORDER",
        N_(
            "{part} on {case}: expected {expected}, received {received}: only the "
            "border is wrong."
        ),
        N_("Inside, the result is right; at the edges something else is needed."),
        N_("Look at what is added around the input, and at the first and last window."),
    ),
    Message(
        "FUNCTION.CLOSE",
        N_(
            "{part} on {case}: expected {expected}, received {received}: close, and "
            "not exact."
        ),
        N_("A small extra term, or few digits, makes such a difference."),
        N_("Look for an epsilon, a rounded constant or a short float type."),
    ),
    Message(
        "FUNCTION.NAN",
        N_("{part} on {case}: received {received}, expected {expected}."),
        N_("A division 0 / 0, or the logarithm of 0, gives nan or inf{warning}."),
        N_("Print the values right before the division or the logarithm."),
    ),
    Message(
        "FUNCTION.OVERFLOW",
        N_(
            "{part} on {case}: received {received}, expected {expected}: a number "
            "became too large."
        ),
        N_("exp(710) is already more than a float can hold{warning}."),
        N_(
            "Subtract the largest value before exp, or choose the form by the sign of "
            "the input."
        ),
    ),
    Message(
        "FUNCTION.RETURNS_INPUT",
        N_("{part} on {case}: returns what it was given."),
        N_("Nothing was computed, or the result was thrown away."),
        N_("Assign each result to a name and return that name."),
    ),
    Message(
        "FUNCTION.CONSTANT_RESULT",
        N_("{part}: returns the same on every case: {received}."),
        N_("A result that does not depend on the input fits one example only."),
        N_("Use the arguments, not a variable of the notebook."),
    ),
    Message(
        "FUNCTION.OUT_OF_RANGE",
        N_("{part} on {case}: expected values {expected}, received {received}."),
        N_("Outside this range the result cannot be what it is called."),
        N_("Work out one extreme input by hand."),
    ),
    Message(
        "FUNCTION.WRONG_SUM",
        N_("{part} on {case}: expected a sum of {expected}, received {received}."),
        N_("Shares of a whole add up to the whole."),
        N_("Divide by the sum, along the right axis."),
    ),
    Message(
        "FUNCTION.WRONG_AXIS",
        N_("{part} on {case}: the columns add up to {expected}, the rows do not."),
        N_("Each row is one example; examples must not be mixed."),
        N_("Use axis=-1, with keepdims=True."),
    ),
    Message(
        "FUNCTION.NOT_MONOTONE",
        N_(
            "{part} on {case}: expected values that never {expected}, received "
            "{received}."
        ),
        N_("The order of the inputs should show in the results."),
        N_("Look at the sign in front of the input."),
    ),
    Message(
        "FUNCTION.NOT_SYMMETRIC",
        N_("{part} on {case}: expected a symmetric result, received {received}."),
        N_("Which of the two comes first should not matter."),
        N_("Compare the formula with its two arguments swapped."),
    ),
    Message(
        "FUNCTION.NOT_RELATED",
        N_(
            "{part}: the results on {case} and on {other} do not fit together: "
            "{relation}."
        ),
        N_("This holds for every right solution, whatever way it is computed."),
        N_("Call the function on both and compare."),
    ),
    Message(
        "FUNCTION.NOT_RANDOM",
        N_("{part} on {case}: expected random results, and nothing was drawn."),
        N_("Without chance nothing is dropped, shuffled or sampled."),
        N_("Draw from a random generator in every call."),
    ),
    Message(
        "FUNCTION.FIXED_SEED",
        N_("{part} on {case}: two calls give the very same result."),
        N_("A seed inside the function repeats the same draw for ever."),
        N_("Make the generator outside, or without a seed."),
    ),
    Message(
        "FUNCTION.NOT_REPEATABLE",
        N_("{part} on {case}: the same seed gives different results."),
        N_("Only a result that repeats can be checked by others."),
        N_("Draw everything from one generator made with this seed."),
    ),
    Message(
        "FUNCTION.SHARED_MASK",
        N_("{part} on {case}: every row is treated alike."),
        N_("Each entry is drawn on its own; one mask for all rows is another method."),
        N_("Draw an array of the shape of the input."),
    ),
    Message(
        "FUNCTION.WRONG_SHARE",
        N_(
            "{part} on {case}: expected a share of zeros of {expected}, received "
            "{received}, out of {draws}."
        ),
        N_("The distance is more than five standard deviations: this is no chance."),
        N_(
            "Compare the random numbers with the rate, and count the zeros of a large "
            "array."
        ),
    ),
    Message(
        "FUNCTION.SHARE_SWAPPED",
        N_(
            "{part} on {case}: expected a share of zeros of {expected}, received "
            "{received}."
        ),
        N_("What should be dropped is kept, and the other way round."),
        N_("Swap < and >, or use 1 - rate."),
    ),
    Message(
        "FUNCTION.NOT_SCALED",
        N_(
            "{part} on {case}: what is kept is not scaled; expected a factor of "
            "{expected}."
        ),
        N_("Without it the sum that the next layer gets depends on the rate."),
        N_("Multiply or divide what is kept, as the task says."),
    ),
    Message(
        "FUNCTION.WRONG_SCALE",
        N_(
            "{part} on {case}: expected a factor of {expected} on what is kept, "
            "received {received}."
        ),
        N_("The mean over many draws is not the one of the input."),
        N_("Compare the factor with the share that is kept."),
    ),
    Message(
        "FUNCTION.WRONG_MEAN",
        N_(
            "{part} on {case}: expected a mean of {expected}, received {received}, "
            "over {draws} draws."
        ),
        N_("The distance is more than five standard deviations: this is no chance."),
        N_("Average many draws and compare."),
    ),
    Message(
        "FUNCTION.WRONG_VARIANCE",
        N_(
            "{part} on {case}: expected a variance of {expected}, received {received}, "
            "over {draws} draws."
        ),
        N_("The distance is more than five standard deviations: this is no chance."),
        N_("Compare the width of the distribution with the task."),
    ),
)

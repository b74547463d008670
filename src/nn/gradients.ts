import * as tf from '#src/nn/tf.ts';

export type Variables = Readonly<Record<string, tf.Variable>>;
export type Gradients = Readonly<Record<string, tf.Tensor>>;

/**
 * Forward and backward: the loss, and its gradient by each variable, under the variable's own name here. A variable
 * that the loss does not depend on has a gradient of zeros.
 *
 * @param computeLoss gives a scalar; what it makes on the way is freed.
 */
export function computeGradients(
  computeLoss: () => tf.Tensor,
  variables: Variables,
): { loss: tf.Scalar; gradients: Gradients } {
  return tf.tidy(() => {
    const { value, grads } = tf.variableGrads(computeLoss as () => tf.Scalar, Object.values(variables));
    // tfjs calls variables by names of its own, which are unique in the whole program.
    const gradients = Object.fromEntries(
      Object.entries(variables).map(([name, variable]) => [name, grads[variable.name] ?? tf.zerosLike(variable)]),
    );
    return { loss: value, gradients };
  });
}

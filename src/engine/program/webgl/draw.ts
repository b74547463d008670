import type { DataId } from '@tensorflow/tfjs-core';
import type { Context, ShaderProgram } from './context.ts';
import type { Command, Uniform, UniformSetter } from './recording.ts';
import type { Place, Textures } from './textures.ts';

/** What is told to the GPU. */
export type Instruction = { to: Place; width: number; height: number } & (
  | { of: 'upload'; data: Float32Array | Uint8Array }
  | {
      of: 'draw';
      program: ShaderProgram;
      uniforms: readonly Pick<Uniform, 'name' | 'location' | 'args'>[];
      inputs: readonly { unit: number; place: Place }[];
    }
);

/**
 * What carries commands out.
 *
 * @param fed the numbers that a tensor is fed with, in an array like the one given, if it is.
 */
export function instructionsOf(
  commands: readonly Command[],
  textures: Textures,
  fed: (id: DataId, like: Float32Array | Uint8Array) => Float32Array | Uint8Array | undefined,
): Instruction[] {
  const known = new Map<WebGLUniformLocation, string>();
  return commands.map((command) => {
    const { width, height } = command;
    const to = textures.of(command.writes);
    if (command.of === 'upload') {
      const { id, data } = command;
      return { of: 'upload', to, width, height, data: fed(id, data) ?? data };
    }
    const uniforms = command.uniforms.flatMap((uniform) => {
      const { location, name, args, from } = uniform;
      const numbers = from === undefined ? undefined : fed(from, new Float32Array([args].flat(2).length));
      // A shader keeps what an earlier draw of the step has given it.
      const key = numbers === undefined ? String(args) : 'fed';
      if (known.get(location) === key && numbers === undefined) return [];
      known.set(location, key);
      return [
        numbers === undefined ? { name, location, args } : { name: 'uniform1fv' as const, location, args: [numbers] },
      ];
    });
    const inputs = command.inputs.map(({ unit, content }) => ({ unit, place: textures.of(content) }));
    return { of: 'draw', to, width, height, program: command.program, uniforms, inputs };
  });
}

/** Draws, and leaves tfjs's own record of the GPU's state right. */
export function draw(instructions: readonly Instruction[], { gpgpu }: Context): void {
  const { gl } = gpgpu;
  const setters = gl as unknown as Record<UniformSetter, (location: WebGLUniformLocation, ...args: unknown[]) => void>;
  const bound: (WebGLTexture | undefined)[] = [];
  let unitInUse = -1;
  let program: ShaderProgram | undefined;
  let width = -1;
  let height = -1;

  function bind(unit: number, texture: WebGLTexture) {
    if (bound[unit] === texture) return;
    if (unitInUse !== unit) gl.activeTexture(gl.TEXTURE0 + unit);
    unitInUse = unit;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    bound[unit] = texture;
  }

  gl.bindFramebuffer(gl.FRAMEBUFFER, gpgpu.framebuffer);
  for (const instruction of instructions) {
    const texture = instruction.to.texture?.texture as WebGLTexture;
    if (instruction.of === 'upload') {
      const { data } = instruction;
      bind(0, texture);
      const type = data instanceof Uint8Array ? gl.UNSIGNED_BYTE : gl.FLOAT;
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, instruction.width, instruction.height, gl.RGBA, type, data);
      continue;
    }
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    if (instruction.width !== width || instruction.height !== height) {
      ({ width, height } = instruction);
      gl.viewport(0, 0, width, height);
      gl.scissor(0, 0, width, height);
    }
    if (instruction.program !== program) {
      ({ program } = instruction);
      gl.useProgram(program);
      gl.bindVertexArray(program.vao);
    }
    for (const { name, location, args } of instruction.uniforms) setters[name](location, ...args);
    for (const { unit, place } of instruction.inputs) bind(unit, place.texture?.texture as WebGLTexture);
    gl.drawElements(gl.TRIANGLES, 6, gl.UNSIGNED_SHORT, 0);
    gpgpu.outputTexture = texture;
  }
  gpgpu.program = program ?? gpgpu.program;
}

import type { ErratumId } from './errata.ts';

/** A piece of the article this book grew from: where it stands and what it is, in a few words. */
export interface Piece {
  /** Section of the article. */
  section: string;
  zh: string;
  en: string;
}

const item = (section: string, zh: string, en: string): Piece => ({ section, zh, en });

/**
 * Every diagram, formula and listing of the article, named after its section, with its place in the order of the
 * section where there are several.
 */
export const pieces = {
  'diagram-2.1': item('2.1', '深度神经网络的层', 'Layers of a deep network'),
  'diagram-2.2': item('2.2', '数据集的形成', 'How a dataset is made'),
  'diagram-2.3': item('2.3', '训练过程', 'The training process'),
  'diagram-2.4': item('2.4', '应用场景', 'Applications'),
  'diagram-3.1.1': item('3.1.1', '卷积操作', 'The convolution operation'),
  'diagram-3.1.2': item('3.1.2', '池化操作', 'The pooling operation'),
  'diagram-3.1.3': item('3.1.3', '全连接层', 'The fully connected layer'),
  'diagram-3.2.1': item('3.2.1', '单个时间步', 'A single time step'),
  'diagram-3.2.2': item('3.2.2', '沿时间展开', 'Unrolled over time'),
  'diagram-3.3.1': item('3.3.1', '生成器', 'The generator'),
  'diagram-3.3.2': item('3.3.2', '判别器', 'The discriminator'),
  'diagram-3.3.3': item('3.3.3', '对抗训练', 'Adversarial training'),

  'formula-4.1.1-1': item('4.1.1', '卷积', 'Convolution'),
  'formula-4.1.1-2': item('4.1.1', '卷积逐项展开', 'Convolution term by term'),
  'formula-4.1.2-1': item('4.1.2', 'ReLU', 'ReLU'),
  'formula-4.1.2-2': item('4.1.2', 'ReLU 的例子', 'ReLU, an example'),
  'formula-4.2.1-1': item('4.2.1', '递推公式', 'The recurrence'),
  'formula-4.2.1-2': item('4.2.1', '权重矩阵的例子', 'An example weight matrix'),
  'formula-4.2.1-3': item('4.2.1', '偏置的例子', 'An example bias'),
  'formula-4.2.1-4': item('4.2.1', '三个时间步的计算', 'Three time steps worked out'),
  'formula-4.2.2-1': item('4.2.2', 'ReLU（重复）', 'ReLU, repeated'),
  'formula-4.2.2-2': item('4.2.2', 'ReLU 的例子（重复）', 'ReLU example, repeated'),

  'listing-5.1': item('5.1', '环境搭建', 'Setting up the environment'),
  'listing-5.2': item('5.2', '图像二分类的完整代码', 'A complete binary image classifier'),
  'listing-5.3-1': item('5.3', '数据预处理', 'Preprocessing'),
  'listing-5.3-2': item('5.3', '模型定义', 'The model'),
  'listing-5.3-3': item('5.3', '模型训练', 'Training'),
  'listing-5.3-4': item('5.3', '模型评估', 'Evaluation'),
  'listing-6.1': item('6.1', '智能客服', 'Customer service'),
  'listing-6.2': item('6.2', '智能医疗', 'Medicine'),
  'listing-6.3': item('6.3', '智能推荐', 'Recommendation'),
} as const satisfies Readonly<Record<string, Piece>>;

export type SourceId = keyof typeof pieces | ErratumId;
